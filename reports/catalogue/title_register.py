"""Đăng ký danh hiệu, sáng kiến đầu năm: who registered for which title, unit by unit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.enums import RegistrationState
from awards.models import TitleRegistration
from core import clock
from core.errors import Text
from core.sheets import Column, Group, Sheet, TitleBlock
from reports.awarding import YearAndUnitForm, file_parts, title_block
from reports.base import Params, Report, ReportContext
from reports.enums import ReportGroup
from reports.registration import register

LIVE, EVERY = "live", "every"


class TitleRegisterForm(YearAndUnitForm):
    rows = forms.ChoiceField(
        label=gettext_lazy("Registrations"),
        choices=[(LIVE, gettext_lazy("Those that stand")), (EVERY, gettext_lazy("Withdrawn ones as well"))],
    )

    def scope_choices(self) -> None:
        seen = TitleRegistration.objects.visible_to(self.user).order_by()
        self.offer_years(seen.values_list("year", flat=True))
        self.offer_units(seen)

    def starting_values(self) -> Mapping[str, Any]:
        return {"year": clock.today().year, "rows": LIVE}


@register
class TitleRegister(Report):
    code = "title-register"
    title = gettext_lazy("Register of titles and initiatives")
    description = gettext_lazy("By name: the title registered for the year, the initiative meant, what was changed.")
    group = ReportGroup.PLEDGES
    preview = (
        gettext_lazy("Unit"), gettext_lazy("Full name"), gettext_lazy("Post"), gettext_lazy("Title"),
        gettext_lazy("Initiative"), gettext_lazy("Date"), gettext_lazy("Changes"),
    )  # fmt: skip
    parameters = TitleRegisterForm
    file_stem = "dang-ky-danh-hieu"

    def registrations(self, user: Any, params: Params) -> Any:
        rows = TitleRegistration.objects.visible_to(user).filter(year=params["year"])
        if params["unit"] is not None:
            rows = rows.filter(unit=params["unit"])
        if params["rows"] == LIVE:
            rows = rows.live()
        return rows.select_related("unit", "award_version", "subject").order_by(
            "unit__official_order", "unit__sort_key", "unit", "award_version__type__position", "pk"
        )

    def act_label(self, user: Any, params: Params) -> Text:
        count = self.registrations(user, params).count()
        return ngettext(
            "Make the Excel file with %(count)s registration", "Make the Excel file with %(count)s registrations", count
        ) % {"count": count}

    def empty_reason(self, user: Any, params: Params) -> Text:
        if self.registrations(user, params).exists():
            return ""
        return _("No title is registered for this year in what was chosen.")

    def file_parts(self, params: Params) -> Sequence[str]:
        return file_parts(params)

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        return title_block(ctx, _("Register of titles and initiatives, %(year)s") % {"year": ctx.params["year"]})

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        columns = [
            Column(_("No."), "ordinal"), Column(_("Full name, name of the collective"), width=28),
            Column(_("Post"), width=22), Column(_("Title registered"), width=28),
            Column(_("Initiative meant"), width=34), Column(_("Registered on"), "date"), Column(_("Changes"), width=26),
        ]  # fmt: skip
        rows = self.registrations(ctx.owner, ctx.params)
        yield Sheet(
            _("Register of titles"), columns=columns, frozen_columns=2,
            rows=self.lines(ctx.counted(rows.iterator(chunk_size=1000), total=rows.count())),
        )  # fmt: skip

    def lines(self, rows: Iterator[TitleRegistration]) -> Iterator[Group | Sequence[object]]:
        """A heading a unit, then its names."""
        unit = None
        for row in rows:
            if row.unit_id != unit:
                unit = row.unit_id
                yield Group(row.unit.name)
            yield [row.printed_name, row.post_then, row.award_version.name, row.initiative, row.registered_on,
                   change_words(row)]  # fmt: skip

    def notes(self, ctx: ReportContext) -> Sequence[Text]:
        return [_("Units stand in their official order; within a unit, titles in the order of the Law.")]


def change_words(row: TitleRegistration) -> str:
    """What became of it after the registration, with the reason; empty while it stands as made."""
    if row.state == RegistrationState.REGISTERED:
        return ""
    state = str(RegistrationState(row.state).label)
    return f"{state}: {row.state_reason}" if row.state_reason else state
