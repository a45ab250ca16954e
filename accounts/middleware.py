"""What every request passes: session, person, language, working day, gate (in accounts.gate)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware as DjangoAuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from accounts import working_day
from accounts.addresses import client_address
from accounts.gate import GateMiddleware
from accounts.polls import is_poll
from accounts.requests import session_of
from accounts.session_store import SessionStore
from core.clock import on_day

GetResponse = Callable[[HttpRequest], HttpResponse]
__all__ = [
    "AuthenticationMiddleware", "GateMiddleware", "LanguageMiddleware", "SessionMiddleware", "WorkingDayMiddleware",
]  # fmt: skip


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's, with our store: it knows where the browser stands, and polls do not keep it alive."""

    def process_request(self, request: HttpRequest) -> None:
        request.session = SessionStore(
            request.COOKIES.get(settings.SESSION_COOKIE_NAME),
            ip=client_address(request),
            agent=request.headers.get("User-Agent", ""),
        )

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any) -> None:
        if request.session.session_key and not is_poll(request.resolver_match, view):
            session_of(request).touch()


class AuthenticationMiddleware(DjangoAuthenticationMiddleware):
    """Puts the account on the request; an inactive one, or one with a newer password, is nobody."""


class LanguageMiddleware:
    """The account's language, else the one chosen in this browser, else Vietnamese.

    The browser's own preference is not asked: an office whose browsers speak English works in Vietnamese.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(self.language(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response

    def language(self, request: HttpRequest) -> str:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if request.user.is_authenticated:
            wanted = request.user.language
        return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class WorkingDayMiddleware:
    """Lets the business clock stand on the account's working day: with demo data only."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not working_day.may_differ() or not request.user.is_authenticated:
            return self.get_response(request)
        with on_day(request.user.working_day):
            return self.get_response(request)
