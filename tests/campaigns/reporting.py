"""A running campaign with periods, for tests of reports."""

from datetime import date
from typing import Any

from campaigns.enums import PeriodKind
from campaigns.models import Campaign, Participation, ProgressReport, ReportingPeriod
from campaigns.services.figures import Entry, save_figures
from campaigns.services.periods import create_period, end_of
from campaigns.services.progress_reports import start_report
from campaigns.services.report_steps import send_report
from campaigns.typed import read
from tests.campaigns.pledging import counted
from tests.campaigns.world import Committee

HALF = ["2.500", "9.851/10.260", "2,8", "0", "15/05/2024", "yes", "Học và làm theo"]
"""What a unit may report for the seven that count, by midyear."""


def period(
    campaign: Campaign, committee: Committee, name: str = "6 tháng", starts: date = date(2024, 1, 1),
    ends: date = date(2024, 6, 30), due: date = date(2024, 7, 5), **values: Any,
) -> ReportingPeriod:  # fmt: skip
    return create_period(
        campaign_id=campaign.pk, name=name, kind=PeriodKind.HALF_YEAR, starts_on=starts, ends_on=ends,
        due_at=end_of(due), actor=committee.officer, **values,
    )  # fmt: skip


def rest(campaign: Campaign, committee: Committee) -> ReportingPeriod:
    """The second half, at whose end the targets fall due."""
    return period(campaign, committee, "Cả năm", date(2024, 7, 1), date(2024, 11, 30), date(2024, 12, 5))


def report_of(place: Participation, when: ReportingPeriod, actor: Any) -> ProgressReport:
    return start_report(participation_id=place.pk, period_id=when.pk, actor=actor)


def fill_report(report: ProgressReport, actor: Any, texts: list[Any] | None = None) -> ProgressReport:
    """Type `texts` into the counted indicators; None leaves one alone."""
    rows = zip(counted(report.participation.campaign), texts or HALF, strict=True)
    entries = {indicator.pk: Entry(read(indicator, text)) for indicator, text in rows if text is not None}
    outcome = save_figures(report_id=report.pk, entries=entries, actor=actor)
    assert not outcome.refused, outcome.refused
    return outcome.report


def sent_report(
    place: Participation, when: ReportingPeriod, officer: Any, head: Any, texts: list[Any] | None = None
) -> ProgressReport:
    report = fill_report(report_of(place, when, officer), officer, texts)
    return send_report(report_id=report.pk, version=report.version, actor=head)
