"""The reviewer's queue, and the standing body's page that fills it."""

from functools import cached_property
from typing import Any

from django.db.models import Model
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.enums import NominationState as N
from awards.forms.appraisals import AssignForm, FindingForm, SubstituteForm
from awards.models import Appraisal, Nomination
from awards.queries.appraisals import Queue, opinions_on, queue_of, to_assign
from awards.services.appraisals import (
    APPRAISE,
    ASSIGN,
    appraise,
    assign_reviewers,
    refuse_conflict,
    step_back,
    substitute_reviewer,
    take_in_again,
)
from core.errors import NotAllowed, ServiceError
from core.ui.forms import ReasonForm
from core.ui.views import ActionView, FormPage, Page
from units.seats import seat_of

QUEUE = "awards:appraisal_queue"


class SeenVersion:
    """The version the page showed."""

    request: Any

    @property
    def seen_version(self) -> int:
        text = self.request.POST.get("version", "")
        return int(text) if text.isdecimal() else -1


class AppraisalQueue(Page):
    """Leads to the first line that waits; says so when none does."""

    title = gettext_lazy("Appraisal")
    template_name = "awards/appraisal_queue.html"
    permission = APPRAISE

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.queue = queue_of(request.user)
        first = self.queue.first_open()
        if first is not None and "all" not in request.GET:
            return redirect("awards:appraisal_line", first)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_assign = seat_of(self.request.user).may(ASSIGN)
        return super().get_context_data(queue=self.queue, may_assign=may_assign, **kwargs)


class AppraisalLine(SeenVersion, FormPage):
    """Queue, dossier and finding beside each other; saving leads to the next line that waits."""

    template_name = "awards/appraisal_line.html"
    model: type[Model] | None = Nomination
    object: Nomination
    permission = APPRAISE
    form_class = FindingForm

    def get_object_queryset(self) -> Any:
        rows = (
            super()
            .get_object_queryset()
            .select_related(
                "subject__person",
                "award_version__type",
                "nominating_unit",
                "round",
                "submission",
                "registration",
                "merit_source__period",
                "field",
            )
        )
        return rows.prefetch_related("appraisals")

    def get_title(self) -> Any:
        return str(self.object)

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(gettext_lazy("Appraisal"), f"{reverse(QUEUE)}?all=1")]

    @cached_property
    def queue(self) -> Queue:
        return queue_of(self.request.user)

    def perform(self, form: FindingForm) -> Appraisal:
        data = form.cleaned_data
        try:
            return appraise(
                nomination_id=self.object.pk, version=self.seen_version, outcome=data["outcome"],
                reason=data["reason"], fields=form.fields_asked(), actor=self.request.user,
            )  # fmt: skip
        except ServiceError as error:
            if error.field == "fields":
                raise ServiceError(error.message, field="fields_back") from error
            raise

    def get_success_url(self, result: Any) -> str:
        following = self.queue.after(self.object.pk)
        return reverse("awards:appraisal_line", args=[following]) if following else f"{reverse(QUEUE)}?all=1"

    def get_success_message(self, result: Any) -> Any:
        return _("The finding on %(name)s is kept.") % {"name": self.object}

    def refusal(self) -> str:
        """Why the person may not judge this line; empty if they may."""
        try:
            refuse_conflict(self.object, self.request.user)
        except ServiceError as error:
            return str(error)
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line, user = self.object, self.request.user
        mine = [row for row in line.appraisals.all() if row.reviewer_id == user.pk and row.ended_at is None]
        last = max(mine, key=lambda row: row.turn, default=None)
        given = {
            "queue": self.queue, "number": self.queue.number_of(line.pk), "beside": self.queue.around(line.pk),
            "following": self.queue.after(line.pk), "refusal": self.refusal(), "task": last,
            "open": line.state == N.APPRAISING, "opinions": opinions_on(line, user),
            "files": line.attachments.filter(removed_at=None).select_related("file").order_by("position"),
            "letter": line.submission.attachments.filter(removed_at=None).select_related("file"),
            "asked_back": line.open_fields.filter(mended_at__isnull=True),
            "may_take_in": line.state == N.SENT_BACK and user.has_perm("awards.take_in_submission", line),
        }  # fmt: skip
        return super().get_context_data(**{**given, **kwargs})


class AppraisalStepBack(SeenVersion, ActionView):
    """The reviewer is a relative of the recipient and gives the line up."""

    title = gettext_lazy("Declare kinship and give the line up")
    template_name = "awards/appraisal_act.html"
    model: type[Model] | None = Appraisal
    object: Appraisal
    permission = APPRAISE
    confirmation = True
    form_class = ReasonForm

    def check_access(self) -> None:
        """Nobody declares this for somebody else."""
        super().check_access()
        if self.object.reviewer_id != self.request.user.pk:
            raise NotAllowed(APPRAISE)

    def get_consequences(self) -> list[Any]:
        return [_("You will not be asked about this recipient's line again; the standing body asks somebody else.")]

    def get_back_url(self) -> str:
        return reverse(QUEUE)

    def get_success_url(self, result: Any) -> str:
        return reverse(QUEUE)

    def perform(self, form: Any) -> Appraisal:
        return step_back(appraisal_id=self.object.pk, version=self.seen_version, reason=form.cleaned_data["reason"],
                         actor=self.request.user)  # fmt: skip


class AppraisalSubstitute(SeenVersion, ActionView):
    """Another reviewer for an unanswered task."""

    title = gettext_lazy("Ask another reviewer")
    template_name = "awards/appraisal_act.html"
    model: type[Model] | None = Appraisal
    object: Appraisal
    permission = ASSIGN
    confirmation = True
    form_class = SubstituteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_back_url(self) -> str:
        return reverse("awards:appraisal_assign")

    def get_success_url(self, result: Any) -> str:
        return self.get_back_url()

    def perform(self, form: Any) -> Appraisal:
        data = form.cleaned_data
        return substitute_reviewer(
            appraisal_id=self.object.pk, version=self.seen_version, reviewer=data["reviewer"],
            relative=data["relative"], reason=data["reason"], actor=self.request.user,
        )  # fmt: skip


class AppraisalTakeIn(SeenVersion, ActionView):
    """A line sent back by the chair comes under appraisal again."""

    model: type[Model] | None = Nomination
    object: Nomination
    permission = "awards.take_in_submission"

    def perform(self, form: Any) -> Nomination:
        return take_in_again(nomination_id=self.object.pk, version=self.seen_version, actor=self.request.user)

    def get_success_url(self, result: Any) -> str:
        return reverse("awards:appraisal_line", args=[self.object.pk])


class AppraisalAssign(FormPage):
    """Tick lines, choose the reviewer and the day."""

    title = gettext_lazy("Ask reviewers")
    template_name = "awards/appraisal_assign.html"
    permission = ASSIGN
    form_class = AssignForm
    keeps_draft = False

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [(gettext_lazy("Appraisal"), f"{reverse(QUEUE)}?all=1")]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form: AssignForm) -> list[Appraisal]:
        data = form.cleaned_data
        return assign_reviewers(
            nomination_ids=[line.pk for line in data["lines"]], reviewer=data["reviewer"], due_at=form.due_at(),
            actor=self.request.user,
        )  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        return reverse("awards:appraisal_assign")

    def get_success_message(self, result: Any) -> Any:
        return ngettext("%(count)s line is given to the reviewer.", "%(count)s lines are given to the reviewer.",
                        len(result)) % {"count": len(result)}  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = to_assign(self.request.user)
        chosen = set(self.request.POST.getlist("lines"))
        return super().get_context_data(lines=[(row, str(row.pk) in chosen) for row in lines], **kwargs)
