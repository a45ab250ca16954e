"""Tổng hợp đăng ký thi đua: each unit of a campaign, what it was assigned and what it pledged, its titles."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.models import TitleRegistration
from campaigns.enums import Direction, IndicatorKind, ParticipationState, PledgeState
from campaigns.judging import value_of
from campaigns.models import Campaign, Indicator, Participation, Pledge, PledgeLine
from campaigns.queries.plan import Plan, PlanLine, plan_of, plans_of
from campaigns.queries.steps import in_order
from campaigns.texts import target_text
from core.errors import Text
from core.sheets import Column, Sheet, TitleBlock
from core.ui.templatetags.ui import local_day
from reports.base import Params, Report, ReportContext
from reports.enums import ReportGroup
from reports.forms import ReportForm
from reports.registration import register
from reports.reporting import MEASURED, figure_cell, number_cell
from reports.titles import issuer_lines

ALL, SENT, ACCEPTED = "all", "sent", "accepted"


class PledgeRegisterForm(ReportForm):
    campaign: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Campaign"), queryset=None, empty_label=None
    )
    pledges = forms.ChoiceField(
        label=gettext_lazy("Pledges"),
        choices=[(ALL, gettext_lazy("All units taking part")), (SENT, gettext_lazy("Sent only")),
                 (ACCEPTED, gettext_lazy("Accepted only"))],
    )  # fmt: skip

    def scope_choices(self) -> None:
        launched = Campaign.objects.visible_to(self.user).filter(launched_at__isnull=False)
        self.fields["campaign"].queryset = launched.order_by("-starts_on", "-pk")  # type: ignore[attr-defined]

    def starting_values(self) -> Mapping[str, Any]:
        newest = self.fields["campaign"].queryset.first()  # type: ignore[attr-defined]
        return {"pledges": ALL, **({"campaign": newest} if newest is not None else {})}


STATES = {
    SENT: (PledgeState.SENT, PledgeState.RETURNED, PledgeState.ACCEPTED),
    ACCEPTED: (PledgeState.ACCEPTED,),
}


@register
class PledgeRegister(Report):
    code = "pledge-register"
    title = gettext_lazy("Register of pledges")
    description = gettext_lazy("Each unit of a campaign with what it was assigned, what it pledged and its titles.")
    group = ReportGroup.PLEDGES
    preview = (
        gettext_lazy("Unit"), gettext_lazy("Sent on"), gettext_lazy("State"), gettext_lazy("Target assigned"),
        gettext_lazy("Pledged"), gettext_lazy("Titles registered"),
    )  # fmt: skip
    parameters = PledgeRegisterForm
    file_stem = "dang-ky-thi-dua"

    # --- Which rows ---

    def participations(self, user: Any, params: Params) -> list[Participation]:
        """Units the user may see; those that do not join stand in no register."""
        rows = Participation.objects.visible_to(user).filter(campaign=params["campaign"])
        rows = rows.exclude(state=ParticipationState.NOT_JOINING)
        if params["pledges"] in STATES:
            pledges = Pledge.objects.visible_to(user).filter(state__in=STATES[params["pledges"]])
            rows = rows.filter(pk__in=pledges.order_by().values("participation"))
        return in_order(rows)

    def act_label(self, user: Any, params: Params) -> Text:
        count = len(self.participations(user, params))
        return ngettext("Make the Excel file for %(count)s unit", "Make the Excel file for %(count)s units", count) % {
            "count": count
        }

    def empty_reason(self, user: Any, params: Params) -> Text:
        return "" if self.participations(user, params) else _("No unit has a pledge of this kind yet.")

    def file_parts(self, params: Params) -> Sequence[str]:
        return [params["campaign"].symbol or params["campaign"].title]

    # --- What it looks like ---

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        campaign = ctx.params["campaign"]
        return TitleBlock(
            title=_("Register of pledges: %(title)s") % {"title": campaign.title}, as_of=ctx.day, day=ctx.day,
            filters=tuple(ctx.form.chosen()), **issuer_lines(campaign.organiser, ctx.day),
        )  # fmt: skip

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        campaign = ctx.params["campaign"]
        indicators = [row.indicator for row in plan_of(campaign).lines() if row.indicator.kind != IndicatorKind.NONE]
        rows = self.participations(ctx.owner, ctx.params)
        yield Sheet(
            _("Register of pledges"), columns=self.columns(indicators),
            rows=ctx.counted(self.rows(ctx, rows, indicators), total=len(rows)), frozen_columns=2,
        )  # fmt: skip

    def columns(self, indicators: Sequence[Indicator]) -> list[Column]:
        columns = [
            Column(_("No."), "ordinal"), Column(_("Unit"), width=26), Column(_("Sent on"), "date"),
            Column(_("State"), width=14),
        ]  # fmt: skip
        for indicator in indicators:
            measure = f" ({indicator.measure})" if indicator.measure else ""
            head = f"{indicator.code}. {indicator.name}{measure}"
            columns.append(Column(_("Target assigned"), "mixed", under=(head,), width=13))
            columns.append(Column(_("Pledged"), "mixed", under=(head,), width=13))
        return [*columns, Column(_("Titles registered"), width=40)]

    def rows(
        self, ctx: ReportContext, rows: Sequence[Participation], indicators: Sequence[Indicator]
    ) -> Iterator[Sequence[object]]:
        """A row a unit; pledges, lines and titles each as the owner may see them now."""
        campaign = ctx.params["campaign"]
        plans = plans_of(campaign, [row.unit for row in rows])
        pledges = Pledge.objects.visible_to(ctx.owner).filter(participation__in=rows)
        by_unit = {pledge.participation_id: pledge for pledge in pledges}
        lines = lines_of(by_unit)
        titles = titles_of(ctx.owner, campaign, rows)
        for row in rows:
            pledge = by_unit.get(row.pk)
            given = lines.get(pledge.pk, {}) if pledge is not None else {}
            yield [
                str(row), local_day(pledge.sent_at) if pledge is not None and pledge.sent_at else None,
                state_words(row, pledge), *cells(plans[row.unit_id], indicators, given), titles.get(row.unit_id, ""),
            ]  # fmt: skip

    def notes(self, ctx: ReportContext) -> Sequence[Text]:
        return [
            _("Units stand in their official order. Units that do not join are left out."),
            _("“Not assigned” is not zero; an empty cell has not been pledged."),
        ]


def state_words(row: Participation, pledge: Pledge | None) -> str:
    """The state in words; late is told beside it."""
    if pledge is None:
        return _("Not sent yet")
    words = str(PledgeState(pledge.state).label)
    return _("%(state)s, sent late") % {"state": words} if pledge.late else words


def lines_of(pledges: Mapping[int, Pledge]) -> dict[int, dict[int, PledgeLine]]:
    """The lines of the pledges, by pledge and indicator."""
    found: dict[int, dict[int, PledgeLine]] = defaultdict(dict)
    for line in PledgeLine.objects.filter(pledge__in=[pledge.pk for pledge in pledges.values()]):
        found[line.pledge_id][line.indicator_id] = line
    return found


def titles_of(user: Any, campaign: Campaign, rows: Sequence[Participation]) -> dict[int, str]:
    """Titles that the units' registrations of the campaign's year name, counted by title, by unit."""
    if campaign.starts_on is None:
        return {}
    live = (
        TitleRegistration.objects.visible_to(user)
        .live()
        .filter(unit__in=[row.unit_id for row in rows], year=campaign.starts_on.year)
    )
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for unit, name in live.order_by("unit", "award_version__type__position", "pk").values_list(
        "unit", "award_version__name"
    ):
        counts[unit][name] = counts[unit].get(name, 0) + 1
    return {unit: "; ".join(f"{name}: {n}" for name, n in names.items()) for unit, names in counts.items()}


def cells(plan: Plan, indicators: Sequence[Indicator], given: Mapping[int, PledgeLine]) -> Iterator[object]:
    """Target and pledge of each indicator: numbers as numbers, the rest in words."""
    planned = {row.indicator.pk: row for row in plan.lines()}
    for indicator in indicators:
        row = planned[indicator.pk]
        yield target_cell(row)
        yield figure_cell(indicator, value_of(given.get(indicator.pk))) if row.assigned else None


def target_cell(row: PlanLine) -> object:
    """One bare bound is a number; a range, a strict bound and words are written out."""
    if not row.assigned:
        return _("Not assigned")
    target, indicator = row.target, row.indicator
    if target is None:
        return None
    if indicator.kind == IndicatorKind.DATE:
        return target.due_on or target.words or None
    both = target.low is not None and target.high is not None
    strict = target.low_strict or target.high_strict
    value = target.low if target.low is not None else target.high
    if indicator.kind in MEASURED and value is not None and not both and not strict:
        return number_cell(indicator, Decimal(0) if indicator.direction == Direction.ZERO else value)
    text = target_text(indicator, target)
    return None if text == "–" else text
