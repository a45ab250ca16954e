"""One line of a submission: found, written, read, withdrawn, mended."""

import secrets
from functools import cached_property
from typing import Any

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from awards.enums import NominationState
from awards.fields_back import MENDABLE
from awards.forms.nominations import AnswerForm, LineFileForm, LineForm, PickForm, initial_of, values_of
from awards.models import Appraisal, Nomination, OpenField
from awards.queries.merits import Draft, draft_for
from awards.services.merits import fill_merit
from awards.services.nomination_steps import answer_more, withdraw_line
from awards.services.nominations import add_line, add_line_file, authority_warning, edit_line, remove_line
from awards.services.submissions import EDIT, may_write
from awards.views.rounds import posted_version, round_crumb
from awards.views.submissions import Writing, heading, submission_url
from awards.workflows import NOMINATION
from campaigns.models import ProgressReport
from core import audit
from core.errors import NotAllowed, ServiceError
from core.ui.forms import ReasonForm
from core.ui.views import ActionView, DetailPage, FormPage
from units.services.subjects import subject_by_ref


def line_url(line: Nomination) -> str:
    return reverse("awards:nomination_detail", args=[line.pk])


class NominationPick(Writing, FormPage):
    """First whom, then what is printed: the award depends on who it is."""

    title = _("Add a line: whom to propose")
    form_class = PickForm
    submit_label = _("Continue")
    keeps_draft = False

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form: Any) -> str:
        ref: str = form.cleaned_data["subject"]
        subject_by_ref(ref, actor=self.request.user)
        return ref

    def get_success_url(self, result: Any) -> str:
        return f"{reverse('awards:nomination_create', args=[self.object.pk])}?{urlencode({'subject': result})}"


class NominationCreate(Writing, FormPage):
    title = _("Add a line")
    form_class = LineForm
    template_name = "awards/nomination_create.html"
    submit_label = _("Add the line")
    keeps_draft = False

    def check_access(self) -> None:
        super().check_access()
        ref = self.request.POST.get("subject") or self.request.GET.get("subject", "")
        try:
            self.subject: Any = subject_by_ref(ref, actor=self.request.user)
        except ServiceError:
            self.subject = None

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().get(request, *args, **kwargs) if self.subject is not None else self.to_search()

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return super().post(request, *args, **kwargs) if self.subject is not None else self.to_search()

    def to_search(self) -> Any:
        """Nobody, or nobody the person may see, was chosen."""
        return redirect("awards:nomination_pick", self.object.pk)

    @cached_property
    def draft(self) -> Draft:
        """The achievements as far as they are on record."""
        return draft_for(self.subject, self.object.round, self.request.user)

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.object, self.subject, self.draft)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "letter": self.object, "subject": self.subject}

    def perform(self, form: Any) -> Nomination:
        return add_line(
            submission_id=self.object.pk, subject=self.subject, values=form.values(), actor=self.request.user,
            draft=self.draft,
        )  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        if "another" in self.request.POST:
            return reverse("awards:nomination_pick", args=[self.object.pk])
        return self.get_back_url()

    def get_success_message(self, result: Any) -> Any:
        return _("The line is added.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unreported = self.subject.unit_id and self.object.round.campaign_id and self.draft.report is None
        given = {"subject": self.subject, "draft": self.draft, "unreported": unreported}
        return super().get_context_data(**{**given, **kwargs})


class OfLine:
    """A page of one line."""

    model: Any = Nomination
    object: Nomination
    request: Any

    def get_object_queryset(self) -> Any:
        rows = Nomination.objects.visible_to(self.request.user)
        return rows.select_related(
            "submission__round", "submission__unit", "round__organiser", "award_version__type", "nominating_unit",
            "subject__unit", "subject__person", "subject__household__unit", "subject__organiser", "field", "decision",
            "registration", "merit_source__period",
        )  # fmt: skip

    def get_crumbs(self) -> list[tuple[Any, str]]:
        line = self.object
        letter = (heading(line.submission), submission_url(line.submission))
        return [*round_crumb(line.round), letter, (str(line), line_url(line))]

    def get_back_url(self) -> str:
        return line_url(self.object)

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()


class NominationDetail(OfLine, DetailPage):
    """The line as it will be printed, its papers, the findings the person may read, its history."""

    template_name = "awards/nomination_detail.html"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return super().get_crumbs()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line, user = self.object, self.request.user
        steps = NOMINATION.open_to(line, user)
        asked = list(OpenField.objects.filter(nomination=line, mended_at=None))
        opinions = Appraisal.objects.visible_to(user).filter(nomination=line).select_related("reviewer")
        draft = line.state == NominationState.DRAFT
        writes = draft and line.submission.state == "draft" and may_write(line.submission, user)
        given = {
            "asked": [(MENDABLE.get(row.name, row.name), row.note) for row in asked],
            "opinions": opinions.order_by("turn", "pk"),
            "files": line.attachments.filter(removed_at=None).select_related("file").order_by("position", "pk"),
            "entries": audit.entries_for(line)[:50], "warning": authority_warning(line),
            "may_edit": writes, "once_fill": secrets.token_urlsafe(18), "report_url": report_url(line, user),
            "may_withdraw": not draft and NominationState.WITHDRAWN in steps,
            "may_answer": line.state == NominationState.MORE_ASKED and may_write(line.submission, user),
        }  # fmt: skip
        return super().get_context_data(**{**given, **kwargs})


def report_url(line: Nomination, user: Any) -> str:
    """Where the report behind the achievements is read; empty for whoever may not read it."""
    source = line.merit_source_id
    if source is None or not ProgressReport.objects.visible_to(user).filter(pk=source).exists():
        return ""
    return reverse("campaigns:report_detail", args=[source])


class LineWriting(OfLine):
    """A page of those who write the letter this line stands in."""

    permission: str | None = EDIT

    def check_access(self) -> None:
        super().check_access()  # type: ignore[misc]
        if not may_write(self.object.submission, self.request.user):
            raise NotAllowed(EDIT)


class NominationEdit(LineWriting, FormPage):
    title = _("Change the line")
    form_class = LineForm
    template_name = "awards/nomination_edit.html"
    submit_label = _("Save the line")

    def get_initial(self) -> dict[str, Any]:
        return values_of(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "letter": self.object.submission, "subject": self.object.subject}

    def perform(self, form: Any) -> Nomination:
        return edit_line(
            nomination_id=self.object.pk, version=posted_version(self.request), values=form.values(),
            actor=self.request.user,
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_back_url(), subject=self.object.subject, **kwargs)


class NominationFill(LineWriting, ActionView):
    """The achievements made from the records, beside what was typed and never over it."""

    title = _("Make the achievements from the records")

    def perform(self, form: Any) -> Nomination:
        return fill_merit(nomination_id=self.object.pk, version=posted_version(self.request), actor=self.request.user)

    def get_success_message(self, result: Any) -> Any:
        return _("The achievements are made from the records. Read them through and change what is to be changed.")


class NominationRemove(LineWriting, ActionView):
    title = _("Remove the line")
    template_name = "awards/submission_act.html"
    confirmation = True
    danger = True

    def get_consequences(self) -> list[Any]:
        return [_("The line leaves the list together with its papers. Its name stays in the history of the letter.")]

    def perform(self, form: Any) -> Any:
        self.letter = self.object.submission
        return remove_line(nomination_id=self.object.pk, version=posted_version(self.request), actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return submission_url(result)


class NominationFileAdd(LineWriting, FormPage):
    title = _("Add a paper to the dossier")
    form_class = LineFileForm
    submit_label = _("Add the file")
    keeps_draft = False

    def perform(self, form: Any) -> Any:
        data = form.cleaned_data
        return add_line_file(
            nomination_id=self.object.pk, upload=data["upload"], label=data["label"], kind=data["kind"],
            actor=self.request.user,
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_back_url(), **kwargs)


class NominationWithdraw(OfLine, ActionView):
    title = _("Withdraw the nomination")
    template_name = "awards/submission_act.html"
    confirmation = True
    danger = True
    form_class = ReasonForm

    def check_access(self) -> None:
        super().check_access()
        user = self.request.user
        if not any(user.has_perm(f"awards.{act}_submission", self.object) for act in ("send", "take_in")):
            raise NotAllowed("awards.send_submission")

    def get_consequences(self) -> list[Any]:
        return [_("The nomination stays on record as withdrawn. The recipient can be proposed anew.")]

    def perform(self, form: Any) -> Nomination:
        return withdraw_line(
            nomination_id=self.object.pk, version=posted_version(self.request), reason=form.cleaned_data["reason"],
            actor=self.request.user,
        )  # fmt: skip


class NominationAnswer(LineWriting, FormPage):
    """Only the fields that were given back."""

    title = _("Mend what was asked for")
    form_class = AnswerForm
    template_name = "awards/nomination_answer.html"
    submit_label = _("Save")
    keeps_draft = False

    def asked(self) -> list[OpenField]:
        return list(OpenField.objects.filter(nomination=self.object, mended_at=None))

    def get_initial(self) -> dict[str, Any]:
        return values_of(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "line": self.object, "asked": self.asked()}

    def perform(self, form: Any) -> Nomination:
        return answer_more(
            nomination_id=self.object.pk, version=posted_version(self.request), values=form.values(),
            uploads=form.uploads(), send="send" in self.request.POST, actor=self.request.user,
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_send = NominationState.APPRAISING in NOMINATION.open_to(self.object, self.request.user)
        return super().get_context_data(cancel_url=self.get_back_url(), may_send=may_send, **kwargs)
