"""What units and their standing body tell each other about joining, pledging and being reminded."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import notices

Params = Mapping[str, Any]


def pledge_with_head(params: Params) -> str:
    return _("The pledge of %(unit)s for “%(title)s” waits for you to confirm and send it.") % params


def pledge_taken_back(params: Params) -> str:
    return _("The pledge of %(unit)s for “%(title)s” is a draft again.") % params


def pledge_sent(params: Params) -> str:
    return _("%(unit)s sent its pledge for “%(title)s”.") % params


def pledge_accepted(params: Params) -> str:
    return _("The pledge of %(unit)s for “%(title)s” was accepted.") % params


def pledge_returned(params: Params) -> str:
    return _("The pledge of %(unit)s for “%(title)s” was returned: %(reason)s") % params


def pledge_entered_on_behalf(params: Params) -> str:
    return _("The standing body enters your pledge for “%(title)s” by your paper %(paper)s.") % params


def unit_not_joining(params: Params) -> str:
    return _("%(unit)s does not join: %(reason)s") % params


def unit_reminded(params: Params) -> str:
    if params["due"]:
        return _("“%(title)s” – %(step)s: %(unit)s has not sent it yet, due on %(due)s.") % params
    return _("“%(title)s” – %(step)s: %(unit)s has not sent it yet.") % params


def pledge_url(notice: Any) -> str:
    return reverse("campaigns:pledge_detail", args=[notice.target_id])


def edit_url(notice: Any) -> str:
    return reverse("campaigns:pledge_edit", args=[notice.target_id])


def board_url(notice: Any) -> str:
    return reverse("campaigns:campaign_units", args=[notice.target_id])


def work_url(_notice: Any) -> str:
    return reverse("campaigns:unit_work")


KINDS: dict[str, tuple[Callable[[Params], str], Callable[[Any], str], str]] = {
    "pledge_with_head": (pledge_with_head, edit_url, "user-check"),
    "pledge_taken_back": (pledge_taken_back, edit_url, "pencil"),
    "pledge_sent": (pledge_sent, pledge_url, "inbox"),
    "pledge_accepted": (pledge_accepted, pledge_url, "circle-check"),
    "pledge_returned": (pledge_returned, edit_url, "arrow-back-up"),
    "pledge_entered_on_behalf": (pledge_entered_on_behalf, pledge_url, "paperclip"),
    "unit_not_joining": (unit_not_joining, board_url, "ban"),
    "unit_reminded": (unit_reminded, work_url, "bell"),
}


def register() -> None:
    """Called when the application starts."""
    for code, (text, url, icon) in KINDS.items():
        notices.register(code, text=text, url=url, icon=icon)
