"""One's own account."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from accounts import queries, working_day
from accounts.forms.passwords import PasswordChangeForm
from accounts.forms.profile import ProfileForm, WorkingDayForm
from accounts.helping import help_lines
from accounts.models import User
from accounts.requests import account_of, session_of
from accounts.services import passwords, profile, sessions
from accounts.views.asking import AsksPassword
from accounts.views.sign_in import safe_next
from core.errors import ServiceError
from core.ui.views import ActionView, FormPage

YEAR = 365 * 24 * 3600


class Profile(FormPage):
    """Own data, and the browsers signed in with this account."""

    template_name = "accounts/profile.html"
    form_class = ProfileForm
    title = gettext_lazy("My account")
    submit_label = gettext_lazy("Save my data")
    success_url = reverse_lazy("accounts:profile")
    success_message = gettext_lazy("Your data are saved.")

    def get_initial(self) -> dict[str, Any]:
        return {
            name: getattr(account_of(self.request), name)
            for name in ("version", "full_name", "phone", "email", "language", "digest")
        }

    def perform(self, form: Any) -> User:
        return profile.edit_profile(user=account_of(self.request), **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = queries.sessions_of(account_of(self.request), present_key=session_of(self.request).session_key)
        return super().get_context_data(**kwargs, sessions=rows, others=sum(not row.is_present for row in rows))


class SessionsEndOthers(ActionView):
    """Signs all other browsers of one's own account out."""

    title = gettext_lazy("Sign out of all other devices")
    success_url = reverse_lazy("accounts:profile")

    def perform(self, form: Any) -> int:
        return sessions.end_other_sessions(
            user=account_of(self.request), except_key=session_of(self.request).session_key or ""
        )

    def get_success_message(self, result: int) -> str:
        return ngettext("%(n)d device was signed out.", "%(n)d devices were signed out.", result) % {"n": result}


@method_decorator(sensitive_post_parameters("old", "new", "again"), name="dispatch")
class PasswordChange(AsksPassword):
    """A new password for oneself; the first one is forced, and needs the initial password too."""

    template_name = "accounts/password_change.html"
    form_class = PasswordChangeForm
    password_field = "old"  # noqa: S105 -- a field's name
    submit_label = gettext_lazy("Change password")

    def get_title(self) -> str:
        if account_of(self.request).must_change:
            return _("Choose your own password")
        return _("Change password")

    def perform(self, form: Any) -> User:
        account = passwords.change_password(
            user=account_of(self.request),
            old=form.cleaned_data["old"],
            new=form.cleaned_data["new"],
            keep_session=session_of(self.request).session_key,
        )
        # A new key for this browser too: whoever knows the old one is out.
        update_session_auth_hash(self.request, account)
        return account

    def get_success_url(self, result: User) -> str:
        if account_of(self.request).must_change:
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        return reverse("accounts:profile")

    def get_success_message(self, result: User) -> str:
        return _("The password is changed. All other devices were signed out.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, forced=account_of(self.request).must_change, help_lines=help_lines())


class WorkingDay(FormPage):
    """With demo data only: the day on which this account works."""

    template_name = "accounts/working_day.html"
    form_class = WorkingDayForm
    keeps_draft = False
    title = gettext_lazy("Working day")
    submit_label = gettext_lazy("Work on this day")
    success_message = gettext_lazy("The working day is set.")

    def check_access(self) -> None:
        if not working_day.may_differ():
            raise Http404
        super().check_access()

    def get_initial(self) -> dict[str, Any]:
        return {"day": account_of(self.request).working_day}

    def perform(self, form: Any) -> User:
        day = None if "machine_day" in self.request.POST else form.cleaned_data["day"]
        return profile.choose_working_day(user=account_of(self.request), day=day)

    def get_success_url(self, result: User) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)


@method_decorator(login_not_required, name="dispatch")
class LanguageChoice(View):
    """The language of the pages: of the account, or of this browser before signing in."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect(safe_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
        try:
            language = profile.known_language(request.POST.get("language", ""))
        except ServiceError as error:
            messages.error(request, str(error))
            return response
        if request.user.is_authenticated:
            profile.choose_language(user=request.user, language=language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
        return response
