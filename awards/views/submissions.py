"""A letter of submission: begun, read, worded, confirmed, sent, taken in."""

import secrets
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.enums import INSIDE_STATES, RoundState, SubmissionState
from awards.forms.nominations import PrefillForm
from awards.forms.submissions import FileForm, LetterForm, SubmissionForm, SubmissionOnPaperForm
from awards.models import Submission, SubmissionAttachment
from awards.queries.nominations import lines_of, places_in, registrations_for, sections
from awards.services.prefilling import prefill_lines
from awards.services.submission_steps import (
    confirm_submission,
    reopen_submission,
    send_submission,
    take_in_submission,
)
from awards.services.submissions import EDIT, SEND, add_file, create_submission, edit_letter, may_write, remove_file
from awards.views.rounds import OfRound, posted_version, round_crumb
from awards.workflows import SUBMISSION
from campaigns.workflows import ON_PAPER
from core import audit
from core.errors import NotAllowed
from core.ui.views import ActionView, DetailPage, FormPage
from units.seats import seat_of


def submission_url(row: Submission) -> str:
    return reverse("awards:submission_detail", args=[row.pk])


class SubmissionCreate(OfRound, FormPage):
    """A new letter, by the unit or from its paper."""

    title = _("Begin a submission")
    submit_label = _("Continue to the list")
    template_name = "awards/submission_create.html"

    def check_access(self) -> None:
        super().check_access()
        if not places_in(self.object, self.request.user):
            raise NotAllowed(EDIT)

    @cached_property
    def on_paper(self) -> bool:
        """Whether the person enters for units that are not their own."""
        return not seat_of(self.request.user).subtree_ids

    @property
    def form_class(self) -> type[SubmissionForm]:  # type: ignore[override]
        return SubmissionOnPaperForm if self.on_paper else SubmissionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user, "round_": self.object}

    def perform(self, form: Any) -> Submission:
        paper = form.paper() if self.on_paper else None
        return create_submission(
            round_id=self.object.pk, unit=form.cleaned_data["unit"], letter=form.letter(), actor=self.request.user,
            paper=paper,
        )  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        return submission_url(result)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_back_url(), on_paper=self.on_paper, **kwargs)


class OfSubmission:
    """A page of one letter."""

    model: Any = Submission
    object: Submission
    request: Any

    def get_object_queryset(self) -> Any:
        rows = Submission.objects.visible_to(self.request.user)
        return rows.select_related("round__organiser", "round__campaign", "unit")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [*round_crumb(self.object.round), (heading(self.object), self.get_back_url())]

    def get_back_url(self) -> str:
        return submission_url(self.object)

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()


def heading(row: Submission) -> str:
    return row.unit_name_then or row.unit.name


class SubmissionDetail(OfSubmission, DetailPage):
    template_name = "awards/submission_detail.html"

    def get_title(self) -> Any:
        return heading(self.object)

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return round_crumb(self.object.round)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.object, self.request.user
        open_round = row.round.state == RoundState.OPEN
        writes = may_write(row, user)
        steps = SUBMISSION.open_to(row, user) if open_round or row.state == SubmissionState.SENT else []
        lines = list(lines_of(row, user))
        given = {
            "sections": sections(lines), "line_count": len(lines),
            "files": row.attachments.filter(removed_at=None).select_related("file").order_by("position", "pk"),
            "entries": audit.entries_for(row)[:50],
            **{f"once_{act}": secrets.token_urlsafe(18) for act in ("take_in", "send", "confirm", "reopen")},
            "may_write_lines": writes and open_round and row.state == SubmissionState.DRAFT,
            "unit_proposed": any(line.subject.unit_id == row.unit_id for line in lines),
            "may_write_letter": writes and (row.state in INSIDE_STATES or not (row.symbol and row.signed_on)),
            "may_add_files": writes, "may_remove_files": writes and row.state in INSIDE_STATES,
            "may_confirm": SubmissionState.CONFIRMED in steps,
            "may_reopen": SubmissionState.DRAFT in steps and (writes or user.has_perm("awards.send_submission", row)),
            "may_send": SubmissionState.SENT in steps,
            "may_take_in": SubmissionState.TAKEN_IN in steps,
        }  # fmt: skip
        return super().get_context_data(**{**given, **kwargs})


class Writing(OfSubmission):
    """A page of those who write this letter."""

    permission: str | None = EDIT

    def check_access(self) -> None:
        super().check_access()  # type: ignore[misc]
        if not may_write(self.object, self.request.user):
            raise NotAllowed(EDIT)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_context_data(cancel_url=self.get_back_url(), **kwargs)  # type: ignore[misc]
        return given


class LetterEdit(Writing, FormPage):
    title = _("The letter")
    form_class = LetterForm
    template_name = "awards/submission_edit.html"

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        return {"symbol": row.symbol, "signed_on": row.signed_on, "signer": row.signer_then, "note": row.note}

    def perform(self, form: Any) -> Submission:
        return edit_letter(
            submission_id=self.object.pk, version=posted_version(self.request), letter=form.letter(),
            actor=self.request.user,
        )  # fmt: skip


class SubmissionFileAdd(Writing, FormPage):
    title = _("Add a file to the letter")
    form_class = FileForm
    submit_label = _("Add the file")
    keeps_draft = False

    def perform(self, form: Any) -> Any:
        data = form.cleaned_data
        return add_file(
            submission_id=self.object.pk, upload=data["upload"], label=data["label"], kind=data["kind"],
            actor=self.request.user,
        )  # fmt: skip


class SubmissionFileRemove(ActionView):
    title = _("Take the file off")
    model = SubmissionAttachment
    permission = EDIT

    def asked_of(self) -> Any:
        return self.object.submission

    def perform(self, form: Any) -> Submission:
        return remove_file(attachment_id=self.object.pk, actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return submission_url(result)

    def get_back_url(self) -> str:
        return submission_url(self.object.submission)


class SubmissionPrefill(Writing, FormPage):
    """Titles registered for the year become lines by a tick."""

    title = _("Take over registered titles")
    form_class = PrefillForm
    template_name = "awards/submission_prefill.html"
    submit_label = _("Take over the chosen ones")
    keeps_draft = False

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "letter": self.object, "user": self.request.user}

    def perform(self, form: Any) -> Any:
        chosen = [row.pk for row in form.cleaned_data["registrations"]]
        return prefill_lines(submission_id=self.object.pk, registration_ids=chosen, actor=self.request.user)

    def get_success_message(self, result: Any) -> Any:
        return ngettext("%(count)s line is added.", "%(count)s lines are added.", len(result)) % {"count": len(result)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        some = registrations_for(self.object, self.request.user).exists()
        return super().get_context_data(some=some, **kwargs)


class Step(OfSubmission, ActionView):
    """One step of a letter; the workflow says whose it is."""

    @property
    def seen(self) -> dict[str, Any]:
        return {"submission_id": self.object.pk, "version": posted_version(self.request), "actor": self.request.user}


class HeadsStep(Step):
    """A step of the unit's head, or of the standing body for what came on paper."""

    def check_access(self) -> None:
        super().check_access()
        row, user = self.object, self.request.user
        if not (user.has_perm(SEND, row) or (row.on_behalf and user.has_perm(ON_PAPER, row))):
            raise NotAllowed(SEND)


class SubmissionConfirm(HeadsStep):
    title = _("Confirm the submission")

    def perform(self, form: Any) -> Submission:
        return confirm_submission(**self.seen)

    def get_success_message(self, result: Any) -> Any:
        return _("The submission is confirmed and can be sent.")


class SubmissionReopen(Step):
    title = _("Back to a draft")
    permission = EDIT

    def perform(self, form: Any) -> Submission:
        return reopen_submission(**self.seen)

    def get_success_message(self, result: Any) -> Any:
        return _("The submission is a draft again.")


class SubmissionSend(HeadsStep):
    title = _("Send the submission")

    def perform(self, form: Any) -> Submission:
        return send_submission(**self.seen)

    def get_success_message(self, result: Any) -> Any:
        return _("The submission is sent.")


class SubmissionTakeIn(Step):
    title = _("Take the submission in")
    permission = "awards.take_in_submission"

    def perform(self, form: Any) -> Submission:
        return take_in_submission(**self.seen)

    def get_success_message(self, result: Any) -> Any:
        return _("The submission is taken in; its lines are under appraisal.")
