"""What a report is.

    @register
    class PledgeRegister(Report):
        code, title, group = "pledge-register", _("Pledge register"), ReportGroup.PLEDGES
        parameters = PledgeRegisterForm

        def title_block(self, ctx): ...
        def sheets(self, ctx):
            rows = Pledge.objects.visible_to(ctx.owner).for_register(ctx.params)   # rights as of now
            yield Sheet(_("Register"), columns=self.columns(ctx), rows=ctx.counted(rows.iterator(chunk_size=1000)))

Waiting, running, progress, file, expiry and notice are the jobs' matter; the dress is the sheets'.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import now, today
from core.documents import Document
from core.errors import Text
from core.files.kinds import DOCX, XLSX
from core.jobs.context import JobContext
from core.sheets import Provenance, Sheet, TitleBlock, Workbook, write_workbook
from reports.enums import ReportGroup
from reports.forms import ReportForm

T = TypeVar("T")
Params = dict[str, Any]


@dataclass(frozen=True)
class ReportContext:
    """What a report is given: the owner, the parameters as the form reads them today, the job's progress."""

    job: JobContext
    form: ReportForm

    @property
    def owner(self) -> Any:
        return self.job.owner

    @property
    def params(self) -> Params:
        return self.form.cleaned_data

    @property
    def day(self) -> date:
        """The owner's business day."""
        return today()

    def counted(self, rows: Iterable[T], *, total: int | None = None, step: object = None) -> Iterator[T]:
        """The rows, counted for the progress bar, with a checkpoint each chunk."""
        return self.job.counted(rows, total=total, step=step)

    def checkpoint(self, done: int | None = None, total: int | None = None, step: object = None) -> None:
        """Say how far the work is; raises what stops the job."""
        self.job.checkpoint(done=done, total=total, step=step)


class Report:
    """A report of the catalogue, by default a workbook.

    `description` is one sentence; `preview` names the columns drawn on the card; `file_stem` begins the
    file's name where the title would be too long.
    """

    code: ClassVar[str]
    title: ClassVar[Text]
    description: ClassVar[Text]
    group: ClassVar[ReportGroup]
    preview: ClassVar[Sequence[Text]] = ()
    parameters: ClassVar[type[ReportForm]] = ReportForm
    permission: ClassVar[str] = "reports.run_report"
    file_stem: ClassVar[str] = ""
    suffix: ClassVar[str] = ".xlsx"
    mime: ClassVar[str] = XLSX
    language: ClassVar[str] = "vi"
    act: ClassVar[Text] = gettext_lazy("Make the Excel file")

    # --- What a report says of itself -----------------------------------------------------------

    def is_open_to(self, user: Any) -> bool:
        """Whether `user` finds it in the catalogue."""
        return bool(user.has_perm(self.permission))

    def act_label(self, user: Any, params: Params) -> Text:
        """The words of the button: verb, object and how many ("Make the Excel file for 8 units")."""
        return self.act

    def empty_reason(self, user: Any, params: Params) -> Text:
        """Why the file would hold nothing; empty if it would hold something."""
        return ""

    def scope(self, form: ReportForm) -> str:
        """The sentence under the title in the list of files: what was chosen."""
        return ", ".join(str(shown) for _label, shown in form.chosen())

    def file_parts(self, params: Params) -> Sequence[str]:
        """What stands between the report's name and the day in the file's name: the plan's symbol, the unit."""
        return ()

    # --- What it makes --------------------------------------------------------------------------

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        """What stands above and below the tables."""
        raise NotImplementedError

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        """The tables, one after another; rows are streamed."""
        raise NotImplementedError

    def notes(self, ctx: ReportContext) -> Sequence[Text]:
        """What a reader must know of the figures; stands on the last sheet."""
        return ()

    def make(self, ctx: ReportContext, path: Path) -> None:
        """Write the file."""
        with translation.override(self.language):
            workbook = Workbook(self.title_block(ctx), self.sheets(ctx), self.provenance(ctx), self.language)
        write_workbook(workbook, path, ctx=ctx)

    def provenance(self, ctx: ReportContext) -> Provenance:
        """Who asked, when, for what."""
        owner = ctx.owner
        return Provenance(
            made_by=_("%(name)s (account %(account)s)") % {"name": owner.full_name, "account": owner.username},
            made_at=now(),
            source=self.title,
            code=self.code,
            parameters=tuple(ctx.form.chosen()),
            notes=tuple(self.notes(ctx)),
        )


class DocumentReport(Report):
    """A report that is a Word document."""

    suffix = ".docx"
    mime = DOCX
    act = gettext_lazy("Make the Word file")

    def document(self, ctx: ReportContext) -> Document:
        """The document, written to its end."""
        raise NotImplementedError

    def make(self, ctx: ReportContext, path: Path) -> None:
        with translation.override(self.language):
            self.document(ctx).save(path)
