"""Title registrations of a year."""

from django.urls import path

from awards.views import registrations

ONE = "registrations/<int:pk>/"

urlpatterns = [
    path("registrations/", registrations.RegistrationList.as_view(), name="registration_list"),
    path("registrations/new/", registrations.RegistrationCreate.as_view(), name="registration_create"),
    path(ONE, registrations.RegistrationDetail.as_view(), name="registration_detail"),
    path(ONE + "change/", registrations.RegistrationChange.as_view(), name="registration_change"),
    path(ONE + "withdraw/", registrations.RegistrationWithdraw.as_view(), name="registration_withdraw"),
]
