"""What stops a job: trouble its owner can mend, and orders to stop."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.errors import ServiceError, Text

Params = Mapping[str, str | int | float | bool | None]


def source_text(text: Text) -> str:
    """The untranslated words of `text`, so that they can be stored and translated when shown."""
    with override(None):
        return str(text)


class ReportError(ServiceError):
    """Expected trouble: the owner reads the words and can mend the cause.

    `message` is a translatable text with named places (``_("%(count)s awards have no class.")``) and
    `params` fills them: both are stored, the sentence is made in the reader's language. `link` is the
    address of the page where the cause can be mended, under the words `link_text`.
    """

    def __init__(
        self,
        message: Text,
        *,
        params: Params | None = None,
        link: str = "",
        link_text: Text = _("Show what to mend"),
        field: str | None = None,
    ) -> None:
        super().__init__(message, field=field)
        self.params = dict(params or {})
        self.link = link
        self.link_text = link_text

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


def stored_words(error: ServiceError) -> dict[str, Any]:
    """The form in which a job row keeps an expected refusal; `core.jobs.failures` makes the words again."""
    kept: dict[str, Any] = {"message": source_text(error.message)}
    if isinstance(error, ReportError):
        kept["params"] = error.params
        if error.link:
            kept |= {"link": error.link, "link_text": source_text(error.link_text)}
    return kept


class Stop(Exception):
    """The job has to end at its next checkpoint."""


class Cancelled(Stop):
    """The owner asked for it."""


class DeadlineReached(Stop):
    """It took longer than a job may."""


class LeaseLost(Stop):
    """The row belongs to another attempt by now: whatever this one made must not be kept."""


class OwnerLostRight(Stop):
    """The owner may not have this file any more, or was shut out."""


class BeingCancelled(ServiceError):
    """The same job is asked for again while its cancelling is under way."""

    def __init__(self) -> None:
        super().__init__(_("This file is just being cancelled. Ask for it again in a few seconds."))
