"""A unit's report being written: figures and words on one page, kept as they are typed."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from campaigns.enums import UNIT_BASES, Basis, ReportState
from campaigns.models import Indicator
from campaigns.queries.progress import ReportedLine, ReportSheet, report_sheet, words_of
from campaigns.services.evidence import add_evidence
from campaigns.services.figures import Entry, Outcome, save_figures
from campaigns.services.progress_reports import EDIT, enters_on_behalf, may_write, save_words
from campaigns.services.report_steps import send_report, submit_to_head
from campaigns.typed import read
from campaigns.views.lines import CONFIRM, KEEP, SUBMIT, LinesEdit
from campaigns.views.report import OfReport, Row, row_of
from campaigns.workflows import REPORT
from core.errors import NotAllowed, ServiceError
from core.text import nfc


class ReportEdit(OfReport, LinesEdit):
    """The report as a table and its words; each line is kept as it is typed, the buttons work without scripts too."""

    template_name = "campaigns/report_edit.html"
    edit_url, detail_url = "campaigns:report_edit", "campaigns:report_detail"
    moved_on = gettext_lazy("Somebody else has changed the report meanwhile. Look it over and press again.")
    messages = {
        SUBMIT: gettext_lazy("The report lies with the head of the unit."),
        CONFIRM: gettext_lazy("The report is sent."),
        KEEP: gettext_lazy("The report is kept."),
    }

    def check_access(self) -> None:
        super().check_access()
        user = self.request.user
        self.typed_words: dict[int, str] = {}
        if not (user.has_perm(EDIT, self.object) or enters_on_behalf(self.object, user)):
            raise NotAllowed(EDIT)

    @cached_property
    def sheet(self) -> ReportSheet:
        return report_sheet(self.object)

    def look_again(self) -> None:
        self.__dict__.pop("sheet", None)

    def is_open(self) -> bool:
        running = self.object.participation.campaign.state == "launched"
        return running and may_write(self.object, self.request.user)

    def counted(self) -> Iterator[Indicator]:
        return (row.planned.indicator for row in self.sheet.lines() if row.is_counted)

    def entry_of(self, indicator: Indicator) -> Entry:
        pk, post = indicator.pk, self.request.POST
        return Entry(
            read(indicator, post[f"v{pk}"]), post.get(f"b{pk}", Basis.OFFICIAL.value), f"d{pk}" in post,
            nfc(post.get(f"x{pk}", "")), post.get(f"s{pk}") or None,
        )  # fmt: skip

    def keep(self) -> Outcome:
        """Figures, words and files."""
        given: dict[str, Any] = {"report_id": self.object.pk, "actor": self.request.user}
        outcome = save_figures(entries=self.read_entries(), **given)
        self.tell(outcome)
        self.keep_words(given)
        self.keep_files(given)
        self.object.refresh_from_db()
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

    def step(self, act: str) -> None:
        given = {"report_id": self.object.pk, "version": self.object.version, "actor": self.request.user}
        if act == SUBMIT:
            submit_to_head(**given)
        elif act == CONFIRM:
            send_report(**given)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, user = self.object, self.request.user
        areas = [(area, [self.row(line) for line in area.lines]) for area in self.sheet.areas]
        words = [(part, self.typed_words.get(part.pk, part.text)) for part in words_of(report)]
        open_to = REPORT.open_to(report, user)
        given = {
            "sheet": self.sheet, "areas": areas, "words": words, "refused": self.refused, "summary": self.summary,
            "version": report.version, "may_submit": ReportState.WITH_HEAD in open_to,
            "may_confirm": ReportState.SENT in open_to, "bases": [(basis.value, basis.label) for basis in UNIT_BASES],
        }  # fmt: skip
        return super().get_context_data(**{**self.facts(), **given, **kwargs})

    def row(self, line: ReportedLine) -> Row:
        row, pk, post = row_of(line), line.planned.indicator.pk, self.request.POST
        if pk in self.refused:
            row.error = self.refused[pk]
            row.text, row.explanation = post.get(f"v{pk}", ""), post.get(f"x{pk}", "")
            row.basis, row.no_data = post.get(f"b{pk}", row.basis), f"d{pk}" in post
        return row
