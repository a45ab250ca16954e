"""In and out."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from accounts import half_session, queries
from accounts.addresses import client_address
from accounts.forms.second_factor import CodeForm, RecoveryCodeForm
from accounts.forms.sign_in import SignInForm
from accounts.helping import help_lines
from accounts.lockout import locked_out
from accounts.models import User
from accounts.requests import session_of
from accounts.services import locks, second_factor, sign_in
from core.errors import ServiceError

REASONS = {
    "expired": gettext_lazy(
        "Your session has ended because nothing was done for a while. Sign in to go on where you were."
    ),
    "signed_out": gettext_lazy("You have signed out."),
    "code_late": gettext_lazy("The code was not given in time. Sign in again, then enter the code."),
}


def safe_next(request: HttpRequest) -> str:
    """The page to go to after signing in: only one of our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def with_next(name: str, request: HttpRequest) -> str:
    """The address of `name`, which leads on to the same page as this request."""
    wanted = safe_next(request)
    return reverse(name) + (f"?{urlencode({'next': wanted})}" if wanted else "")


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignIn(FormView):
    """Name and password. An unknown name, a wrong password and a closed account get the same answer."""

    template_name = "accounts/sign_in.html"
    form_class = SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        user = authenticate(
            self.request,
            username=sign_in.resolve_name(form.cleaned_data["username"]),
            password=form.cleaned_data["password"],
        )
        if user is None:
            form.add_error(None, self.refusal())
            return self.form_invalid(form)
        if not sign_in.open_or_wait(request=self.request, user=user):
            return HttpResponseRedirect(with_next("accounts:sign_in_code", self.request))
        return HttpResponseRedirect(self.get_success_url())

    def refusal(self) -> str:
        if getattr(self.request, "initial_password_over", False):
            return _("The initial password was not used in time. Ask an administrator for a new one.")
        return _("The user name or the password is not right. Check the input method and Caps Lock, then try again.")

    def get_success_url(self) -> str:
        return safe_next(self.request) or resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            next=safe_next(self.request),
            reason=REASONS.get(self.request.GET.get("reason", ""), ""),
            help_lines=help_lines(),
        )


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("code")], name="dispatch")
class CodeStep(FormView):
    """After the right password: the code of the app. Opens nothing, also not itself, without the password."""

    template_name = "accounts/sign_in_code.html"
    form_class: type[CodeForm | RecoveryCodeForm] = CodeForm
    account: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = half_session.waiting(request)
        if account is None:
            return self.back_to_password(request)
        self.account = account
        name, address = account.username, client_address(request)
        if locks.closed_until(username=name, address=address, second_step=True) is not None:
            return self.locked_out()
        return super().dispatch(request, *args, **kwargs)

    def back_to_password(self, request: HttpRequest) -> HttpResponse:
        query = {"next": safe_next(request), "reason": "code_late" if half_session.has_begun(request) else ""}
        half_session.forget(request)
        given = urlencode({name: value for name, value in query.items() if value})
        return HttpResponseRedirect(reverse("accounts:sign_in") + (f"?{given}" if given else ""))

    def locked_out(self) -> HttpResponse:
        return locked_out(self.request, None, {"username": self.account.username}, second_step=True)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            opened = self.finish(form.cleaned_data["code"])
        except ServiceError as error:
            form.add_error("code", str(error))
            return self.form_invalid(form)
        if opened:
            return HttpResponseRedirect(safe_next(self.request) or resolve_url(settings.LOGIN_REDIRECT_URL))
        name, address = self.account.username, client_address(self.request)
        if locks.note_failure(username=name, address=address, second_step=True):
            second_factor.tell_of_lock(self.account)
            return self.locked_out()
        form.add_error("code", self.refusal())
        return self.form_invalid(form)

    def finish(self, code: str) -> bool:
        return sign_in.finish_with_code(request=self.request, user=self.account, code=code)

    def refusal(self) -> str:
        return _("The code is not right or was used already. Wait for the next one and enter it.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, next=safe_next(self.request), account=self.account, help_lines=help_lines()
        )


class RecoveryStep(CodeStep):
    """The same with a code kept on paper."""

    template_name = "accounts/sign_in_recovery.html"
    form_class = RecoveryCodeForm

    def finish(self, code: str) -> bool:
        opened = sign_in.finish_with_recovery_code(request=self.request, user=self.account, code=code)
        if opened:
            self.warn(queries.factor_state_of(self.account))
        return opened

    def warn(self, state: queries.FactorState) -> None:
        """Say how many are left, before there are none."""
        left = ngettext("%(n)d recovery code is left.", "%(n)d recovery codes are left.", state.codes_left)
        words = left % {"n": state.codes_left}
        if state.few_codes:
            advice = _("Make new ones on the page “Security”.")
            messages.warning(self.request, f"{words} {advice}")
        else:
            messages.info(self.request, words)

    def refusal(self) -> str:
        return _("This recovery code is not right or was used already. Each works once.")


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignOut(View):
    """Ends the session on the server. Signing out twice is no fault."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            sign_in.close_session(request=request, user=request.user)
        else:
            session_of(request).flush()  # one that waits for its code
        return HttpResponseRedirect(f"{reverse('accounts:sign_in')}?reason=signed_out")


@method_decorator(login_not_required, name="dispatch")
class PasswordForgotten(TemplateView):
    """Says whom to ask. No mail is sent: an initial password comes from a person who knows the person."""

    template_name = "accounts/password_forgotten.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, help_lines=help_lines())
