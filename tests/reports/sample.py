"""A report that exists inside a test: the units in reach, below a unit of one's choice."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms

from core.jobs.kinds import KINDS
from core.sheets import Column, Sheet, TitleBlock
from core.ui.forms import DateField
from reports.base import DocumentReport, Params, Report, ReportContext
from reports.enums import ReportGroup
from reports.forms import ReportForm
from reports.registration import REPORTS, kind_of, register
from reports.titles import issuer_lines, own_unit
from units.models import Unit


class UnitForm(ReportForm):
    unit = forms.ModelChoiceField(queryset=None, required=False, label="Đơn vị", empty_label="Tất cả đơn vị")
    until = DateField(required=False, label="Đến ngày")

    def scope_choices(self) -> None:
        self.fields["unit"].queryset = Unit.objects.visible_to(self.user)


class UnitList(Report):
    code = "unit-list"
    title = "Danh sách đơn vị"
    description = "Mỗi đơn vị một dòng, theo thứ tự hành chính."
    group = ReportGroup.PLEDGES
    preview = ("TT", "Đơn vị", "Mã")
    parameters = UnitForm
    file_stem = "Danh sách đơn vị"

    def rows(self, user: Any, params: Params) -> Any:
        rows = Unit.objects.visible_to(user).in_official_order()
        return rows.filter(parent=params["unit"]) if params["unit"] else rows

    def act_label(self, user: Any, params: Params) -> str:
        return f"Tạo tệp Excel cho {self.rows(user, params).count()} đơn vị"

    def empty_reason(self, user: Any, params: Params) -> str:
        return "" if self.rows(user, params).exists() else "Đơn vị này không có đơn vị trực thuộc."

    def file_parts(self, params: Params) -> Sequence[str]:
        return [params["unit"].name] if params["unit"] else []

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        unit = own_unit(ctx.owner)
        assert unit is not None
        return TitleBlock(title=self.title, **issuer_lines(unit, ctx.day), filters=tuple(ctx.form.chosen()))

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        rows = self.rows(ctx.owner, ctx.params).values_list("name", "code")
        columns = [Column("TT", "ordinal"), Column("Đơn vị"), Column("Mã")]
        yield Sheet("Đơn vị", columns, ctx.counted(rows.iterator(chunk_size=1000), total=rows.count()))


@contextmanager
def in_catalogue(*classes: type[Report]) -> Iterator[None]:
    """Reports that are registered inside the block."""
    for one in classes:
        register(one)
    try:
        yield
    finally:
        for one in classes:
            report = REPORTS._entries.pop(one.code)
            del KINDS._entries[kind_of(report)]


@contextmanager
def only(*codes: str) -> Iterator[None]:
    """Inside the block the catalogue holds these reports and no others."""
    held = REPORTS._entries
    REPORTS._entries = {code: held[code] for code in codes}
    try:
        yield
    finally:
        REPORTS._entries = held


__all__ = ["DocumentReport", "UnitForm", "UnitList", "in_catalogue", "only"]
