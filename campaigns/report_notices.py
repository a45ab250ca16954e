"""What units and their standing body tell each other about reports."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import notices

Params = Mapping[str, Any]


def with_head(params: Params) -> str:
    return _("%(period)s of %(unit)s for “%(title)s” waits for you to confirm and send it.") % params


def taken_back(params: Params) -> str:
    return _("%(period)s of %(unit)s for “%(title)s” is a draft again.") % params


def sent(params: Params) -> str:
    return _("%(unit)s sent its report “%(period)s” for “%(title)s”.") % params


def accepted(params: Params) -> str:
    return _("%(period)s of %(unit)s for “%(title)s” was accepted.") % params


def returned(params: Params) -> str:
    return _("%(period)s of %(unit)s for “%(title)s” was returned: %(reason)s") % params


def closed(params: Params) -> str:
    return _("The figures of %(unit)s, %(period)s, for “%(title)s” are closed.") % params


def reopened(params: Params) -> str:
    return _("The figures of %(unit)s, %(period)s, for “%(title)s” are reopened: %(reason)s") % params


def entered_on_behalf(params: Params) -> str:
    return _("The standing body enters your report “%(period)s” for “%(title)s” by your paper %(paper)s.") % params


def extended(params: Params) -> str:
    return _("“%(title)s”, %(period)s: your unit may report until %(due)s.") % params


def extension_asked(params: Params) -> str:
    return _("“%(title)s”, %(period)s: %(unit)s asks to report until %(due)s: %(reason)s") % params


def extension_refused(params: Params) -> str:
    return _("“%(title)s”, %(period)s: your unit gets no more time: %(reason)s") % params


def figure_confirmed(params: Params) -> str:
    return _("%(office)s confirmed %(code)s of %(unit)s, %(period)s: %(value)s %(measure)s.") % params


def figure_supplied(params: Params) -> str:
    return _("%(office)s gives %(value)s %(measure)s for %(code)s of %(unit)s, %(period)s: %(note)s") % params


def answer_url(notice: Any) -> str:
    return reverse("campaigns:extension_answer", args=[notice.target_id])


def detail_url(notice: Any) -> str:
    return reverse("campaigns:report_detail", args=[notice.target_id])


def edit_url(notice: Any) -> str:
    return reverse("campaigns:report_edit", args=[notice.target_id])


def work_url(_notice: Any) -> str:
    return reverse("campaigns:unit_work")


KINDS: dict[str, tuple[Callable[[Params], str], Callable[[Any], str], str]] = {
    "report_with_head": (with_head, edit_url, "user-check"),
    "report_taken_back": (taken_back, edit_url, "pencil"),
    "report_sent": (sent, detail_url, "inbox"),
    "report_accepted": (accepted, detail_url, "circle-check"),
    "report_returned": (returned, edit_url, "arrow-back-up"),
    "report_closed": (closed, detail_url, "lock"),
    "report_reopened": (reopened, edit_url, "lock-open"),
    "report_entered_on_behalf": (entered_on_behalf, detail_url, "paperclip"),
    "figure_confirmed": (figure_confirmed, detail_url, "check"),
    "figure_supplied": (figure_supplied, detail_url, "pencil"),
    "extension_asked": (extension_asked, answer_url, "calendar-event"),
    "extension_refused": (extension_refused, work_url, "calendar-event"),
    "report_extended": (extended, work_url, "calendar-event"),
}


def register() -> None:
    """Called when the application starts."""
    for code, (text, url, icon) in KINDS.items():
        notices.register(code, text=text, url=url, icon=icon)
