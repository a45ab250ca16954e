"""Error pages in the house look, with the request's number.

A part of a page asked for by htmx gets a short message instead, which the page shows where it is read.
"""

from typing import Any

from django import forms
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import MovedOn, ServiceError, Text
from core.log import request_id

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
TITLES: dict[int, Text] = {
    400: gettext_lazy("The request could not be read"),
    403: gettext_lazy("This page is not among your tasks"),
    404: gettext_lazy("Nothing is found at this address"),
    409: gettext_lazy("The record has changed meanwhile"),
    413: gettext_lazy("What was sent is too large"),
    429: gettext_lazy("Too many requests in a short time"),
    503: gettext_lazy("The system is being maintained"),
}


def error_page(
    request: HttpRequest, status: int, *, title: Text = "", text: Text = "", template: str = "", **context: Any
) -> HttpResponse:
    """The error page for `status`; for a part of a page, the short message."""
    context |= {
        "status": status,
        "title": title or TITLES[status],
        "text": text,
        "request_number": request_id.get(),
    }
    if getattr(request, "htmx", False):
        return render(request, "ui/errors/_message.html", context, status=status)
    return render(request, template or f"ui/errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where too much was sent."""
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: in scope, without the right."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such address, or nothing the person may see there."""
    return error_page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form does not belong to this session any more."""
    return error_page(request, 403, title=_("The page was open for too long"), template="ui/errors/csrf.html")


def conflict(request: HttpRequest, error: ServiceError) -> HttpResponse:
    """409: a refusal that no form was there to show."""
    return error_page(request, 409, title=_("This step is not possible now"), text=error.message)


def moved_on(request: HttpRequest, error: MovedOn, form: Any = None) -> HttpResponse:
    """409: somebody was faster. What was typed stands on the page."""
    return error_page(
        request, 409, text=error.message, typed=typed_in(form) if form is not None else [],
        subject=error.subject, again=request.get_full_path(),
    )  # fmt: skip


def typed_in(form: Any) -> list[tuple[Any, Any]]:
    """(label, text) of what was typed, without secrets and files."""
    shown = [
        field
        for field in form.visible_fields()
        if not isinstance(field.field.widget, forms.PasswordInput | forms.FileInput)
    ]
    return [(field.label, shown_choice(field)) for field in shown if field.value()]


def shown_choice(field: Any) -> Any:
    """The words of a choice, the text of anything else."""
    choices = getattr(field.field, "choices", None)
    value = field.value()
    if choices is None or isinstance(value, list):
        return value
    return dict(field.field.widget.choices).get(value, value)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more bytes, fields or files than one post may carry."""
    return error_page(request, 413)


def too_many(request: HttpRequest, *, seconds: int = 60) -> HttpResponse:
    """429, with the time after which it may be tried again."""
    response = error_page(request, 429, minutes=max(1, (seconds + 59) // 60))
    response["Retry-After"] = str(seconds)
    return response


def unavailable(request: HttpRequest, *, seconds: int = 120) -> HttpResponse:
    """503, while the database or a part of the system cannot be reached."""
    response = error_page(request, 503)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing may be relied on here, so the page asks neither the database nor the person."""
    page = get_template("ui/errors/500.html").render({"request_number": request_id.get()})
    return HttpResponse(page, status=500)
