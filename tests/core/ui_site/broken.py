"""Pages that fail, each in its own way."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest

from accounts.models import User
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from core.ui import errors

FAULTS: dict[str, Any] = {
    "bad": BadRequest("x"),
    "denied": PermissionDenied("x"),
    "not-allowed": NotAllowed("units.edit_unit"),
    "missing": Http404("x"),
    "no-row": User.DoesNotExist("x"),
    "moved": MovedOn(),
    "state": WrongState("Bước này không đi từ trạng thái hiện tại."),
    "service": ServiceError("Không làm được việc này."),
    "big": RequestDataTooBig("x"),
    "fields": TooManyFieldsSent("x"),
    "failure": RuntimeError("a secret inside"),
}


@login_not_required
def broken(request: HttpRequest, how: str) -> Any:
    if how == "many":
        return errors.too_many(request, seconds=90)
    if how == "down":
        return errors.unavailable(request)
    raise FAULTS[how]


@login_not_required
def reads_post(request: HttpRequest) -> Any:
    raise ServiceError(f"{len(request.POST)} {len(request.FILES)}")
