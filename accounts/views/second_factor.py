"""One's own second factor: setting up, recovery codes, turning off."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import codes, half_session, queries
from accounts.forms.second_factor import CodeForm, OwnPasswordForm
from accounts.helping import help_lines
from accounts.models import User
from accounts.requests import account_of, session_of
from accounts.services import second_factor
from accounts.views.asking import AsksPassword
from accounts.views.sign_in import safe_next, with_next
from core.errors import NotAllowed
from core.ui.forms import HouseForm
from core.ui.views import FormPage, Page

SECURITY = reverse_lazy("accounts:security")


class FactorPage(Page):
    """What the pages of the second factor share. `needs_factor`: there is nothing to do without one."""

    needs_factor = False
    state: queries.FactorState

    def check_access(self) -> None:
        super().check_access()
        self.state = queries.factor_state_of(account_of(self.request))
        if self.state.is_on and not half_session.has_passed(self.request):
            raise NotAllowed(_("Sign out and sign in again first."))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.needs_factor and not queries.factor_state_of(account_of(request)).is_on:
            return redirect(SECURITY)
        return super().dispatch(request, *args, **kwargs)

    @property
    def forced(self) -> bool:
        """Whether nothing else opens before the factor is set up."""
        return self.state.required and not self.state.is_on

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [] if self.forced else [(_("Security"), str(SECURITY))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {
            "state": self.state,
            "forced": self.forced,
            "next": safe_next(self.request),
            "help_lines": help_lines(),
            "cancel_url": "" if self.forced else SECURITY,
        }
        return super().get_context_data(**{**given, **kwargs})


class Security(FactorPage):
    template_name = "accounts/security.html"
    title = gettext_lazy("Security")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return []


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class FactorBegin(FactorPage, AsksPassword):
    """First step: what it is for and what is needed. Nothing is made before the person is ready."""

    template_name = "accounts/factor_begin.html"
    form_class = OwnPasswordForm

    def get_title(self) -> str:
        if self.state.is_on:
            return _("Move to another phone")
        return _("Set up two-step sign-in")

    def get_form(self) -> Any:
        form_class: type[forms.BaseForm] = HouseForm if self.forced else OwnPasswordForm
        return form_class(**self.get_form_kwargs())

    def perform(self, form: Any) -> None:
        second_factor.begin_set_up(user=account_of(self.request), password=form.cleaned_data.get("password"))

    def get_success_url(self, result: None) -> str:
        return with_next("accounts:factor_confirm", self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, submit_label=_("Begin"), steps=steps_at(1))


class HandsCodes:
    """A page whose work yields recovery codes: shown in the answer, once, and stored only as hashes.

    Its pages are never cached, so that nobody finds the codes by going back.
    """

    request: Any
    steps: list[dict[str, Any]] = []

    def done(self, result: list[str], url: str) -> HttpResponse:
        context = {
            "title": _("Recovery codes"),
            "codes": result,
            "url": url,
            "steps": self.steps,
            "account": self.request.user,
            "site": self.request.get_host(),
        }
        return render(self.request, "accounts/recovery_codes.html", context)


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class FactorConfirm(HandsCodes, FactorPage, FormPage):
    """Second step: the square to read with the phone, and the code typed back."""

    template_name = "accounts/factor_confirm.html"
    form_class = CodeForm
    keeps_draft = False
    title = gettext_lazy("Connect your phone")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.secret = second_factor.coming_secret(account_of(request))
        if self.secret is None:
            return redirect(with_next("accounts:factor_begin", request))
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> Any:
        form = super().get_form()
        # The square comes first; on a phone the page would scroll past it.
        form.fields["code"].widget.attrs.pop("autofocus", None)
        return form

    def perform(self, form: Any) -> list[str]:
        fresh = second_factor.confirm(
            user=account_of(self.request),
            code=form.cleaned_data["code"],
            keep_session=session_of(self.request).session_key,
        )
        # A new key: the session is worth more now than the one that began it.
        session_of(self.request).cycle_key()
        half_session.note_passed(self.request, passed=True)
        self.steps = steps_at(3)
        return fresh

    def get_success_url(self, result: list[str]) -> str:
        home = resolve_url(settings.LOGIN_REDIRECT_URL) if self.forced else str(SECURITY)
        return safe_next(self.request) or home

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        secret = self.secret or ""
        issuer = _("Emulation and Commendation")
        address = codes.app_address(secret, username=account_of(self.request).username, issuer=issuer)
        return super().get_context_data(
            **kwargs,
            submit_label=_("Confirm and turn on"),
            square=codes.square_of(address),
            key=codes.grouped(secret),
            issuer=issuer,
            steps=steps_at(2),
        )


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class RecoveryCodesRenew(HandsCodes, FactorPage, AsksPassword):
    template_name = "accounts/factor_password.html"
    needs_factor = True
    form_class = OwnPasswordForm
    title = gettext_lazy("Make new recovery codes")
    submit_label = gettext_lazy("Make new recovery codes")
    success_url = SECURITY

    def perform(self, form: Any) -> list[str]:
        return second_factor.renew_codes(user=account_of(self.request), password=form.cleaned_data["password"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [_("All recovery codes you have now stop working."), _("The new ones are shown once.")]
        return super().get_context_data(**kwargs, consequences=lines)


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class FactorRemove(FactorPage, AsksPassword):
    template_name = "accounts/factor_password.html"
    needs_factor = True
    form_class = OwnPasswordForm
    title = gettext_lazy("Turn two-step sign-in off")
    submit_label = gettext_lazy("Turn off")
    success_url = SECURITY
    success_message = gettext_lazy("Two-step sign-in is turned off. All other devices were signed out.")

    def perform(self, form: Any) -> User:
        account = account_of(self.request)
        second_factor.remove(
            user=account,
            password=form.cleaned_data["password"],
            keep_session=session_of(self.request).session_key,
        )
        session_of(self.request).cycle_key()
        half_session.note_passed(self.request, passed=False)
        return account

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [
            _("From then on whoever knows your password can sign in as you."),
            _("The recovery codes you have stop working."),
        ]
        return super().get_context_data(**kwargs, consequences=lines)


def steps_at(present: int) -> list[dict[str, Any]]:
    """The three steps of setting up, as the page shows them."""
    labels = (_("Get ready"), _("Connect the phone"), _("Keep the recovery codes"))
    return [
        {"number": number, "label": label, "active": number == present, "done": number < present}
        for number, label in enumerate(labels, start=1)
    ]
