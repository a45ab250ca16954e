"""Sổ theo dõi khen thưởng: who was commended by which decision, as printed on it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.enums import CommendationState
from awards.models import Commendation
from catalogue.enums import CommendationKind
from core import clock
from core.errors import Text
from core.sheets import Column, Sheet, TitleBlock
from reports.awarding import YearAndUnitForm, file_parts, title_block
from reports.base import Params, Report, ReportContext
from reports.enums import ReportGroup
from reports.registration import register

IN_FORCE, EVERY = "in_force", "every"


class CommendationLedgerForm(YearAndUnitForm):
    year = forms.TypedChoiceField(label=gettext_lazy("Year of the decision"), coerce=int)
    kind = forms.ChoiceField(label=gettext_lazy("Type of commendation"), required=False)
    rows = forms.ChoiceField(
        label=gettext_lazy("Commendations"),
        choices=[(EVERY, gettext_lazy("All, revoked ones marked")), (IN_FORCE, gettext_lazy("In force only"))],
    )

    def scope_choices(self) -> None:
        seen = Commendation.objects.visible_to(self.user).order_by()
        self.offer_years(seen.values_list("awarded_on__year", flat=True))
        self.offer_units(seen)
        kinds = [("", gettext_lazy("All types")), *CommendationKind.choices]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def starting_values(self) -> Mapping[str, Any]:
        return {"year": clock.today().year, "rows": EVERY}


@register
class CommendationLedger(Report):
    code = "commendation-ledger"
    title = gettext_lazy("Register of commendations")
    description = gettext_lazy("Decision by decision: recipient, unit by the name of that day, award, type, standing.")
    group = ReportGroup.COMMENDATION
    preview = (
        gettext_lazy("Number"), gettext_lazy("Date"), gettext_lazy("Recipient"), gettext_lazy("Unit"),
        gettext_lazy("Award"), gettext_lazy("Type"),
    )  # fmt: skip
    parameters = CommendationLedgerForm
    file_stem = "so-theo-doi-khen-thuong"

    def commendations(self, user: Any, params: Params) -> Any:
        rows = Commendation.objects.visible_to(user).filter(awarded_on__year=params["year"])
        if params["unit"] is not None:
            rows = rows.filter(unit=params["unit"])
        if params["kind"]:
            rows = rows.filter(kind=params["kind"])
        if params["rows"] == IN_FORCE:
            rows = rows.in_force()
        return rows.order_by("awarded_on", "decision", "position", "pk")

    def act_label(self, user: Any, params: Params) -> Text:
        count = self.commendations(user, params).count()
        return ngettext(
            "Make the Excel file with %(count)s commendation", "Make the Excel file with %(count)s commendations", count
        ) % {"count": count}

    def empty_reason(self, user: Any, params: Params) -> Text:
        if self.commendations(user, params).exists():
            return ""
        return _("No commendation is on record for what was chosen.")

    def file_parts(self, params: Params) -> Sequence[str]:
        return file_parts(params)

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        return title_block(ctx, _("Register of commendations, %(year)s") % {"year": ctx.params["year"]})

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        columns = [
            Column(_("No."), "ordinal"), Column(_("Year of achievement"), width=10),
            Column(_("Decision"), width=18), Column(_("Date"), "date"),
            Column(_("Full name, name of the collective"), width=28), Column(_("Post"), width=22),
            Column(_("Unit (name at that time)"), width=28), Column(_("Award"), width=40),
            Column(_("Type of commendation"), width=20), Column(_("Bonus, đồng"), "money", total=True),
            Column(_("Standing"), width=14),
        ]  # fmt: skip
        rows = self.commendations(ctx.owner, ctx.params)
        yield Sheet(
            _("Register of commendations"), columns=columns, frozen_columns=1, numbered=True,
            rows=self.lines(ctx.counted(rows.iterator(chunk_size=1000), total=rows.count())),
        )  # fmt: skip

    def lines(self, rows: Iterator[Commendation]) -> Iterator[Sequence[object]]:
        for row in rows:
            yield [
                str(row.achievement_year or ""), row.printed_decision, row.awarded_on, str(row), row.printed_post,
                row.printed_unit, row.printed_award, row.get_kind_display(), row.bonus,
                CommendationState(row.state).label,
            ]  # fmt: skip

    def notes(self, ctx: ReportContext) -> Sequence[Text]:
        return [
            _("Names, posts and units are those printed on the decision, also after a later change."),
            _("An empty bonus has not been worked out; it is not zero."),
        ]
