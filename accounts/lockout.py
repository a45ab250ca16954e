"""django-axes asks here: our own counters instead of its tables (decision 15)."""

import logging
from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.addresses import client_address
from accounts.helping import help_lines
from accounts.models import User
from accounts.services import locks

log = logging.getLogger(__name__)
Credentials = dict[str, Any] | None


def name_of(credentials: Credentials) -> str:
    return str((credentials or {}).get("username") or "")


class LockoutHandler(AbstractAxesHandler, AxesBaseHandler):
    """Counts failures of a pair (name, address) with a cool-off that grows, and of an address alone."""

    def is_locked(self, request: HttpRequest, credentials: Credentials = None) -> bool:
        return locks.closed_until(username=name_of(credentials), address=client_address(request)) is not None

    def get_failures(self, request: HttpRequest, credentials: Credentials = None) -> int:
        return locks.failures_of(username=name_of(credentials), address=client_address(request))

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is None:
            return
        if not getattr(request, "axes_locked_out", False):
            locks.note_failure(username=name_of(credentials), address=client_address(request))
            log.info("A sign-in was refused at %s", client_address(request))
        request.axes_credentials = credentials  # type: ignore[attr-defined]
        if self.is_locked(request, credentials):
            request.axes_locked_out = True  # type: ignore[attr-defined]

    def user_logged_in(self, sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        locks.forget_pair(username=user.username, address=client_address(request))

    def user_logged_out(self, sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
        """Leaving says nothing about failures."""

    def post_save_access_attempt(self, instance: Any, **kwargs: Any) -> None:
        """The tables of axes stay empty."""

    def post_delete_access_attempt(self, instance: Any, **kwargs: Any) -> None:
        """The tables of axes stay empty."""


def locked_out(
    request: HttpRequest,
    _response: HttpResponse | None = None,
    credentials: Credentials = None,
    *,
    second_step: bool = False,
) -> HttpResponse:
    """The page of a locked pair, address or second step (429): until when, and what helps meanwhile."""
    name, address = name_of(credentials), client_address(request)
    until = locks.closed_until(username=name, address=address, second_step=second_step)
    context = {"until": until, "help_lines": help_lines(), "second_step": second_step}
    page = TemplateResponse(request, "accounts/locked.html", context, status=429)
    if until is not None:
        page["Retry-After"] = str(locks.seconds_until(until))
    return page.render()
