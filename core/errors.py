"""What a service raises when it refuses. The pages know how to show each of them."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class ServiceError(Exception):
    """An expected refusal, in words for the person who asked.

    `field` names the form field at which the words stand; None puts them above the form.
    """

    def __init__(self, message: Text, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class MovedOn(ServiceError):
    """Somebody was faster: the record is no longer what the page showed (409)."""

    def __init__(
        self,
        message: Text = _("Somebody changed this record while the page was open."),
        *,
        subject: object = None,
    ) -> None:
        super().__init__(message)
        self.subject = subject


class WrongState(ServiceError):
    """The step does not follow from the record's present state."""


class NotAllowed(PermissionDenied):
    """In scope, but without the right (403)."""
