"""What the floors below are told of appraisals, decisions and the ledger: words, notices, places."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from awards.enums import Opinion
from awards.fields_back import ASKED, MENDABLE
from awards.queries.appraisals import count_waiting
from awards.queries.decisions import count_to_sign
from core import audit, notices
from core.ui import navigation, states
from units.seats import seat_of

Params = Mapping[str, Any]

ACTIONS = {
    "appraisal.assigned": gettext_lazy("Reviewer asked"),
    "appraisal.found_eligible": gettext_lazy("Finding: eligible"),
    "appraisal.found_lacking": gettext_lazy("Finding: more asked"),
    "appraisal.found_not_eligible": gettext_lazy("Finding: not eligible"),
    "appraisal.ended": gettext_lazy("Reviewer's task ended"),
    "nomination.appraised": gettext_lazy("Appraisal concluded"),
    "nomination.taken_in_again": gettext_lazy("Taken in again"),
    "nomination.put_to_signature": gettext_lazy("Put to signature"),
    "nomination.decided": gettext_lazy("Decided"),
    "nomination.struck": gettext_lazy("Struck by the chair"),
    "nomination.sent_back": gettext_lazy("Sent back by the chair"),
    "decision.created": gettext_lazy("Decision drafted"),
    "decision.submitted": gettext_lazy("Decision put to signature"),
    "decision.signed": gettext_lazy("Decision signed"),
    "decision.sent_back": gettext_lazy("Decision sent back"),
    "decision.entered": gettext_lazy("Number and date entered"),
    "decision.published": gettext_lazy("Decision published"),
}

LABELS = {
    "reviewer": gettext_lazy("Reviewer"),
    "commendations": gettext_lazy("Rows of the register"),
    **{f"{ASKED}{name}": format_lazy("{}: {}", gettext_lazy("To be mended"), text) for name, text in MENDABLE.items()},
}


def appraisal_assigned(params: Params) -> str:
    return _("You are asked to appraise %(name)s.") % params


def appraisal_given_up(params: Params) -> str:
    return _("%(reviewer)s may not appraise %(name)s, being a relative: ask somebody else.") % params


def appraisals_differ(params: Params) -> str:
    return _("The reviewers of %(name)s differ: conclude the appraisal.") % params


def nomination_more_asked(params: Params) -> str:
    return _("%(name)s came back to be mended: %(reason)s") % params


def nomination_not_eligible(params: Params) -> str:
    return _("%(name)s was found not eligible: %(reason)s") % params


def decision_at_signature(params: Params) -> str:
    return _("“%(title)s” waits for your signature.") % params


def decision_signed(params: Params) -> str:
    return _("“%(title)s” is signed: enter its number, date and scan.") % params


def decision_sent_back(params: Params) -> str:
    return _("“%(title)s” came back from signature: %(reason)s") % params


def line_struck(params: Params) -> str:
    return _("The chair struck %(name)s: %(reason)s") % params


def line_sent_back(params: Params) -> str:
    return _("The chair sent %(name)s back: %(reason)s") % params


def decision_entered(params: Params) -> str:
    return _("Decision %(symbol)s, “%(title)s”, names recipients of your unit.") % params


def queue_url(notice: Any) -> str:
    return reverse("awards:appraisal_line", args=[notice.target_id])


def line_url(notice: Any) -> str:
    return reverse("awards:nomination_detail", args=[notice.target_id])


def decision_url(notice: Any) -> str:
    return reverse("awards:decision_detail", args=[notice.target_id])


KINDS: dict[str, tuple[Callable[[Params], str], Callable[[Any], str], str]] = {
    "appraisal_assigned": (appraisal_assigned, queue_url, "clipboard-check"),
    "appraisal_given_up": (appraisal_given_up, queue_url, "ban"),
    "appraisals_differ": (appraisals_differ, queue_url, "users"),
    "nomination_more_asked": (nomination_more_asked, line_url, "arrow-back-up"),
    "nomination_not_eligible": (nomination_not_eligible, line_url, "circle-x"),
    "decision_at_signature": (decision_at_signature, decision_url, "signature"),
    "decision_signed": (decision_signed, decision_url, "signature"),
    "decision_sent_back": (decision_sent_back, decision_url, "arrow-back-up"),
    "line_struck": (line_struck, decision_url, "ban"),
    "line_sent_back": (line_sent_back, decision_url, "arrow-back-up"),
    "decision_entered": (decision_entered, decision_url, "certificate"),
}


def may(permission: str) -> Callable[[Any], bool]:
    """Whether a role of the person carries `permission` somewhere."""
    return lambda user: seat_of(user).may(permission)


def decides(user: Any) -> bool:
    return any(seat_of(user).may(f"awards.{act}") for act in ("prepare_decision", "decide_nomination"))


def enter() -> None:
    """Called when the application starts."""
    audit.register_actions(ACTIONS)
    audit.register_labels(LABELS)
    states.register(Opinion.ELIGIBLE, tone="met")
    states.register(Opinion.MORE_ASKED, tone="returned")
    states.register(Opinion.NOT_ELIGIBLE, tone="failed")
    for code, (text, url, icon) in KINDS.items():
        notices.register(code, text=text, url=url, icon=icon)
    navigation.register(
        "appraisals", label=gettext_lazy("Appraisal"), icon="clipboard-check", url_name="awards:appraisal_queue",
        order=170, visible=may("awards.appraise_nomination"), badge=count_waiting,
    )  # fmt: skip
    navigation.register(
        "decisions", label=gettext_lazy("Decisions"), icon="certificate", url_name="awards:decision_list",
        order=180, visible=decides, badge=count_to_sign,
    )  # fmt: skip
    navigation.register(
        "lookup", label=gettext_lazy("Look up"), short=pgettext_lazy("menu", "Look up"), icon="search",
        url_name="awards:lookup", order=190, visible=may("awards.view_ledger"),
    )  # fmt: skip
