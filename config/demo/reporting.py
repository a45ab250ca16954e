"""Periods and progress reports of the demo, by the people of the communes, on the days of 2024."""

import tomllib
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from accounts.models import User
from campaigns.enums import Cumulation, Direction, IndicatorKind
from campaigns.models import Campaign, Figure, Participation, ProgressReport, ReportingPeriod
from campaigns.queries.plan import PlanLine
from campaigns.queries.progress import report_sheet
from campaigns.services.extensions import extend
from campaigns.services.figures import Entry, save_figures
from campaigns.services.office_figures import confirm_figure
from campaigns.services.periods import create_period, end_of
from campaigns.services.progress_reports import save_words, start_report
from campaigns.services.report_steps import accept_report, return_report, send_report, submit_to_head
from config.demo.people import DATA
from config.demo.plan import LAUNCHED_ON
from config.demo.pledges import STEP
from core import clock
from units.models import Unit

LEVEL = Decimal("1.004")  # how a level that is no sum stands against its target


def read() -> dict[str, Any]:
    return tomllib.loads((DATA / "reports.toml").read_text(encoding="utf-8"))


def make_periods(campaign: Campaign, officer: User) -> dict[str, ReportingPeriod]:
    """The periods, set on the day of the launch."""
    with clock.on_day(LAUNCHED_ON):
        return {
            entry["key"]: create_period(
                campaign_id=campaign.pk, name=entry["name"], kind=entry["kind"], starts_on=entry["starts_on"],
                ends_on=entry["ends_on"], due_at=end_of(entry["due_on"]), expected_share=Decimal(entry["expected"]),
                actor=officer,
            )
            for entry in read()["period"]
        }  # fmt: skip


def reached(line: PlanLine, share: Decimal, whole: int) -> dict[str, Any] | None:
    """A plausible figure of a period for a line."""
    target = line.target
    asked = None if target is None else target.low if target.low is not None else target.high
    if asked is None:
        return None
    if line.indicator.kind == IndicatorKind.PERCENT:
        part = min(asked * LEVEL, Decimal(100)) * whole / 100
        return {"numerator": min(part.to_integral_value(ROUND_CEILING), Decimal(whole)), "denominator": Decimal(whole)}
    summed = line.indicator.cumulation == Cumulation.SUM
    better = 1 / LEVEL if line.indicator.direction == Direction.LOWER else LEVEL
    return {"number": (asked * (share if summed else better)).quantize(STEP[IndicatorKind(line.indicator.kind)])}


def make_reports(campaign: Campaign, units: Mapping[str, Unit], people: Mapping[str, User]) -> None:
    """Each commune's reports as far as they came by the demo's day."""
    data = read()
    periods = make_periods(campaign, people["thuongtruc"])
    for entry in data["report"]:
        participation = Participation.objects.get(campaign=campaign, unit=units[entry["unit"]])
        for key, period in periods.items():
            if key in entry:
                report_once(entry, entry[key], participation, period, people)
    for entry in data["extension"]:
        participation = Participation.objects.get(campaign=campaign, unit=units[entry["unit"]])
        with clock.on_day(entry["on"]):
            extend(
                participation_id=participation.pk, period_id=periods[entry["period"]].pk,
                due_at=end_of(entry["due_on"]), reason=entry["reason"], actor=people["thuongtruc"],
            )  # fmt: skip
    confirm_once(campaign, data["office"], periods, units, people)


def confirm_once(
    campaign: Campaign, entry: Mapping[str, Any], periods: Mapping[str, ReportingPeriod], units: Mapping[str, Unit],
    people: Mapping[str, User],
) -> None:  # fmt: skip
    """The office that follows an indicator confirms a commune's figure."""
    figure = Figure.objects.get(
        report__period=periods[entry["period"]], indicator__campaign=campaign, indicator__code=entry["indicator"],
        report__participation__unit=units[entry["unit"]],
    )  # fmt: skip
    with clock.on_day(entry["on"]):
        confirm_figure(figure_id=figure.pk, actor=people[entry["account"]])


def report_once(
    entry: Mapping[str, Any], step: Mapping[str, Any], participation: Participation, period: ReportingPeriod,
    people: Mapping[str, User],
) -> None:  # fmt: skip
    """One report: written and sent on its day, then taken in or given back."""
    officer, head, body = people[entry["officer"]], people[entry["head"]], people["thuongtruc"]
    words = read()["words"]
    with clock.on_day(step["on"]):
        report = start_report(participation_id=participation.pk, period_id=period.pk, actor=officer)
        write_words(report, words, officer)
        write_figures(report, Decimal(step["share"]), words["explanation"], officer)
        report.refresh_from_db()
        report = submit_to_head(report_id=report.pk, version=report.version, actor=officer)
        report = send_report(report_id=report.pk, version=report.version, actor=head)
    if "accepted" in step:
        with clock.on_day(step["accepted"]):
            accept_report(report_id=report.pk, version=report.version, actor=body)
    elif "returned" in step:
        with clock.on_day(step["returned"]):
            return_report(report_id=report.pk, version=report.version, actor=body, reason=step["reason"])


def write_words(report: ProgressReport, words: Mapping[str, str], officer: User) -> None:
    texts = {part.pk: words[part.section] for part in report.parts.all()}
    save_words(report_id=report.pk, texts=texts, actor=officer)


def write_figures(report: ProgressReport, share: Decimal, explanation: str, officer: User) -> None:
    """Every figure, and an explanation where the plan then asks for one."""
    whole = 3000
    lines = {row.planned.indicator.pk: row.planned for row in report_sheet(report).lines() if row.planned.assigned}
    values = {pk: found for pk, line in lines.items() if (found := reached(line, share, whole)) is not None}
    keep({pk: Entry(values=found) for pk, found in values.items()}, report, officer)
    asked = [row.planned.indicator.pk for row in report_sheet(report).lines() if "explanation" in row.lacks]
    keep({pk: Entry(values=values[pk], explanation=explanation) for pk in asked}, report, officer)


def keep(entries: Mapping[int, Entry], report: ProgressReport, officer: User) -> None:
    outcome = save_figures(report_id=report.pk, entries=entries, actor=officer)
    for error in outcome.refused.values():
        raise error
