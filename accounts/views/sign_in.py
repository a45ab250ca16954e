"""In and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from accounts.forms.sign_in import SignInForm
from accounts.helping import help_lines
from accounts.services import sign_in

REASONS = {
    "expired": gettext_lazy(
        "Your session has ended because nothing was done for a while. Sign in to go on where you were."
    ),
    "signed_out": gettext_lazy("You have signed out."),
}


def safe_next(request: HttpRequest) -> str:
    """The page to go to after signing in: only one of our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


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
        sign_in.open_session(request=self.request, user=user)
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


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignOut(View):
    """Ends the session on the server. Signing out twice is no fault."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            sign_in.close_session(request=request, user=request.user)
        return HttpResponseRedirect(f"{reverse('accounts:sign_in')}?reason=signed_out")


@method_decorator(login_not_required, name="dispatch")
class PasswordForgotten(TemplateView):
    """Says whom to ask. No mail is sent: an initial password comes from a person who knows the person."""

    template_name = "accounts/password_forgotten.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, help_lines=help_lines())
