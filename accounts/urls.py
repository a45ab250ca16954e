"""Addresses of this room."""

from django.urls import path

from accounts.views import accounts, profile, second_factor, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/code/", sign_in.CodeStep.as_view(), name="sign_in_code"),
    path("sign-in/recovery/", sign_in.RecoveryStep.as_view(), name="sign_in_recovery"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign_out"),
    path("forgotten/", sign_in.PasswordForgotten.as_view(), name="password_forgotten"),
    path("password/", profile.PasswordChange.as_view(), name="password_change"),
    path("security/", second_factor.Security.as_view(), name="security"),
    path("security/begin/", second_factor.FactorBegin.as_view(), name="factor_begin"),
    path("security/confirm/", second_factor.FactorConfirm.as_view(), name="factor_confirm"),
    path("security/codes/", second_factor.RecoveryCodesRenew.as_view(), name="factor_codes"),
    path("security/remove/", second_factor.FactorRemove.as_view(), name="factor_remove"),
    path("profile/", profile.Profile.as_view(), name="profile"),
    path("profile/sessions/end/", profile.SessionsEndOthers.as_view(), name="session_end_others"),
    path("working-day/", profile.WorkingDay.as_view(), name="working_day"),
    path("language/", profile.LanguageChoice.as_view(), name="language"),
    path("list/", accounts.AccountList.as_view(), name="account_list"),
    path("new/", accounts.AccountCreate.as_view(), name="account_create"),
    path("<int:pk>/", accounts.AccountDetail.as_view(), name="account_detail"),
    path("<int:pk>/edit/", accounts.AccountEdit.as_view(), name="account_edit"),
    path("<int:pk>/reset/", accounts.AccountReset.as_view(), name="account_reset"),
    path("<int:pk>/factor/", accounts.AccountFactorReset.as_view(), name="account_factor_reset"),
    path("<int:pk>/deactivate/", accounts.AccountDeactivate.as_view(), name="account_deactivate"),
    path("<int:pk>/reactivate/", accounts.AccountReactivate.as_view(), name="account_reactivate"),
    path("<int:pk>/unlock/", accounts.AccountUnlock.as_view(), name="account_unlock"),
]
