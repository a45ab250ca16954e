"""A unit's report being written: figures and words on one page, kept as they are typed."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from campaigns.enums import Basis, ReportState
from campaigns.queries.progress import ReportedLine, ReportSheet, report_sheet, words_of
from campaigns.services.evidence import add_evidence
from campaigns.services.figures import Entry, Outcome, save_figures
from campaigns.services.progress_reports import EDIT, enters_on_behalf, may_write, save_words
from campaigns.services.report_steps import send_report, submit_to_head
from campaigns.typed import read
from campaigns.views.pledge import CONFIRM, KEEP, SUBMIT, posted_version
from campaigns.views.report import OfReport, Row, refusal_text, row_of
from campaigns.workflows import REPORT
from core.errors import MovedOn, NotAllowed, ServiceError
from core.text import nfc
from core.ui.views import PostPage


class ReportEdit(OfReport, PostPage):
    """The report as a table and its words; each line is kept as it is typed, the buttons work without scripts too."""

    template_name = "campaigns/report_edit.html"
    summary = ""
    status = 200

    def check_access(self) -> None:
        super().check_access()
        user = self.request.user
        self.refused: dict[int, str] = {}
        if not (user.has_perm(EDIT, self.object) or enters_on_behalf(self.object, user)):
            raise NotAllowed(EDIT)

    @cached_property
    def sheet(self) -> ReportSheet:
        return report_sheet(self.object)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        running = self.object.participation.campaign.state == "launched"
        if not running or not may_write(self.object, self.request.user):
            return redirect("campaigns:report_detail", self.object.pk)
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.once(self.work)

    def work(self) -> Outcome:
        """Keep figures, words and files, then take the step whose button was pressed.

        What is refused is told at its place; the rest is kept.
        """
        given: dict[str, Any] = {"report_id": self.object.pk, "actor": self.request.user}
        outcome = save_figures(entries=self.read_entries(), **given)
        self.refused |= {pk: refusal_text(error) for pk, error in outcome.refused.items()}
        self.keep_words(given)
        self.keep_files(given)
        self.object.refresh_from_db()
        try:
            if not (self.refused or self.summary):
                with transaction.atomic():
                    self.go_on(outcome.version_before)
        except MovedOn:
            self.status = 409
            self.summary = _("Somebody else has changed the report meanwhile. Look it over and press again.")
        except ServiceError as error:
            self.summary = str(error)
        return outcome

    def keep_words(self, given: dict[str, Any]) -> None:
        post = self.request.POST
        parts = [part.pk for part in words_of(self.object) if f"w{part.pk}" in post]
        texts = {pk: post[f"w{pk}"] for pk in parts}
        seen = {pk: post[f"o{pk}"] for pk in parts if f"o{pk}" in post}
        try:
            with transaction.atomic():
                save_words(texts=texts, seen=seen, **given)
        except ServiceError as error:
            self.summary, self.typed_words = str(error), texts

    def keep_files(self, given: dict[str, Any]) -> None:
        for row in self.sheet.lines():
            pk = row.planned.indicator.pk
            for upload in self.request.FILES.getlist(f"f{pk}"):
                try:
                    with transaction.atomic():
                        add_evidence(indicator_id=pk, upload=upload, **given)
                except ServiceError as error:
                    self.refused[pk] = f"“{upload.name}”: {error}"

    def read_entries(self) -> dict[int, Entry]:
        """What was typed, by indicator; what of it cannot be read goes to `refused`."""
        entries = {}
        for row in self.sheet.lines():
            indicator = row.planned.indicator
            if not row.is_counted or f"v{indicator.pk}" not in self.request.POST:
                continue
            try:
                entries[indicator.pk] = self.entry_of(row)
            except ServiceError as error:
                self.refused[indicator.pk] = str(error)
        return entries

    def entry_of(self, row: ReportedLine) -> Entry:
        indicator, post = row.planned.indicator, self.request.POST
        return Entry(
            read(indicator, post[f"v{indicator.pk}"]), post.get(f"b{indicator.pk}", Basis.OFFICIAL.value),
            f"d{indicator.pk}" in post, nfc(post.get(f"x{indicator.pk}", "")), post.get(f"s{indicator.pk}") or None,
        )  # fmt: skip

    def go_on(self, version_before: int) -> None:
        """The step whose button was pressed, on the version the page showed."""
        act = self.request.POST.get("act", KEEP)
        if act == KEEP:
            return
        if version_before != posted_version(self.request):
            raise MovedOn(subject=self.object)
        given = {"report_id": self.object.pk, "version": self.object.version, "actor": self.request.user}
        if act == SUBMIT:
            submit_to_head(**given)
        elif act == CONFIRM:
            send_report(**given)

    def done(self, result: Any, url: str) -> HttpResponse:
        if not (self.summary or self.refused):
            return super().done(result, url)
        self.object = self.get_object()
        self.__dict__.pop("sheet", None)
        return self.render_to_response(self.get_context_data(), status=self.status)

    def get_success_url(self, result: Any) -> str:
        act = self.request.POST.get("act", KEEP)
        return reverse("campaigns:report_edit" if act == KEEP else "campaigns:report_detail", args=[self.object.pk])

    def get_success_message(self, result: Any) -> Any:
        return {
            SUBMIT: _("The report lies with the head of the unit."),
            CONFIRM: _("The report is sent."),
        }.get(self.request.POST.get("act", KEEP), _("The report is kept."))  # fmt: skip

    typed_words: dict[int, str] = {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, user = self.object, self.request.user
        areas = [(area, [self.row(line) for line in area.lines]) for area in self.sheet.areas]
        words = [(part, self.typed_words.get(part.pk, part.text)) for part in words_of(report)]
        open_to = REPORT.open_to(report, user)
        given = {
            "sheet": self.sheet, "areas": areas, "words": words, "refused": self.refused, "summary": self.summary,
            "version": report.version, "may_submit": ReportState.WITH_HEAD in open_to,
            "may_confirm": ReportState.SENT in open_to, "bases": Basis.choices,
        }  # fmt: skip
        return super().get_context_data(**{**self.facts(), **given, **kwargs})

    def row(self, line: ReportedLine) -> Row:
        row, pk, post = row_of(line), line.planned.indicator.pk, self.request.POST
        if pk in self.refused:
            row.error = self.refused[pk]
            row.text, row.explanation = post.get(f"v{pk}", ""), post.get(f"x{pk}", "")
            row.basis, row.no_data = post.get(f"b{pk}", row.basis), f"d{pk}" in post
        return row
