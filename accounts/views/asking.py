"""Forms that ask for the present password."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.addresses import client_address
from accounts.lockout import locked_out
from accounts.requests import account_of
from accounts.services import locks
from core.errors import ServiceError
from core.ui.views import FormPage


class AsksPassword(FormPage):
    """An open browser is no place for guessing the present password: the same counters as at sign-in.

    `password_field` is where the service says that the password is wrong.
    """

    password_field = "password"  # noqa: S105 -- a field's name
    password_was_wrong = False
    keeps_draft = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name, address = account_of(request).username, client_address(request)
        if locks.closed_until(username=name, address=address) is not None:
            return locked_out(request, None, {"username": name})
        response = super().post(request, *args, **kwargs)
        if self.password_was_wrong:
            locks.note_failure(username=name, address=address)
        return response

    def once(self, work: Callable[[], Any]) -> HttpResponse:
        try:
            return super().once(work)
        except ServiceError as error:
            self.password_was_wrong = error.field == self.password_field
            raise
