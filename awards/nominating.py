"""What the floors below are told of rounds, letters and lines: words, notices, places."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import audit, notices
from core.ui import navigation, tabs

Params = Mapping[str, Any]

ACTIONS = {
    "round.opened": gettext_lazy("Round of review opened"),
    "round.closed": gettext_lazy("Round of review closed"),
    "submission.created": gettext_lazy("Submission begun"),
    "submission.edited": gettext_lazy("Letter changed"),
    "submission.file_added": gettext_lazy("File added to the letter"),
    "submission.file_removed": gettext_lazy("File taken off the letter"),
    "submission.confirmed": gettext_lazy("Confirmed by the head"),
    "submission.reopened": gettext_lazy("Submission is a draft again"),
    "submission.sent": gettext_lazy("Submission sent"),
    "submission.taken_in": gettext_lazy("Submission taken in"),
    "nomination.added": gettext_lazy("Line added"),
    "nomination.edited": gettext_lazy("Line changed"),
    "nomination.filled": gettext_lazy("Achievements made from the records"),
    "nomination.removed": gettext_lazy("Line removed"),
    "nomination.file_added": gettext_lazy("Paper added to the dossier"),
    "nomination.moved_on": gettext_lazy("Went on with its letter"),
    "nomination.withdrawn": gettext_lazy("Nomination withdrawn"),
    "nomination.mended": gettext_lazy("Mended as asked"),
    "nomination.answered": gettext_lazy("Handed back to appraisal"),
}

LABELS = {
    "file": gettext_lazy("File"),
    "award": gettext_lazy("Award proposed"),
    "removed_line": gettext_lazy("Line removed"),
}


def round_opened(params: Params) -> str:
    if params["due"]:
        return _("Nominations are taken in for “%(title)s”, due on %(due)s.") % params
    return _("Nominations are taken in for “%(title)s”.") % params


def submission_sent(params: Params) -> str:
    return _("%(unit)s sent its nominations for “%(title)s”.") % params


def submission_taken_in(params: Params) -> str:
    return _("The nominations of %(unit)s for “%(title)s” were taken in.") % params


def nomination_withdrawn(params: Params) -> str:
    return _("The nomination of %(name)s was withdrawn: %(reason)s") % params


def nomination_answered(params: Params) -> str:
    return _("%(unit)s mended the nomination of %(name)s.") % params


def round_url(notice: Any) -> str:
    return reverse("awards:round_detail", args=[notice.target_id])


def submission_url(notice: Any) -> str:
    return reverse("awards:submission_detail", args=[notice.target_id])


def line_url(notice: Any) -> str:
    return reverse("awards:nomination_detail", args=[notice.target_id])


KINDS: dict[str, tuple[Callable[[Params], str], Callable[[Any], str], str]] = {
    "round_opened": (round_opened, round_url, "award"),
    "submission_sent": (submission_sent, submission_url, "inbox"),
    "submission_taken_in": (submission_taken_in, submission_url, "circle-check"),
    "nomination_withdrawn": (nomination_withdrawn, line_url, "ban"),
    "nomination_answered": (nomination_answered, line_url, "clipboard-check"),
}


def enter() -> None:
    """Called when the application starts."""
    audit.register_actions(ACTIONS)
    audit.register_labels(LABELS)
    for code, (text, url, icon) in KINDS.items():
        notices.register(code, text=text, url=url, icon=icon)
    navigation.register(
        "nominations", label=gettext_lazy("Nominations"), short=pgettext_lazy("menu", "Nominations"), icon="award",
        url_name="awards:round_list", order=160, visible=lambda user: user.has_perm("awards.view_ledger"),
    )  # fmt: skip
    tabs.register(
        "campaign", "nominations", label=gettext_lazy("Nominations"), url_name="awards:campaign_nominations", order=60,
        visible=lambda user, campaign: campaign.launched_at is not None and user.has_perm("awards.view_ledger"),
    )  # fmt: skip
