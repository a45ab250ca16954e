"""What the pages of a report share: the record, its facts, its rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.arithmetic import FigureValue, percent
from campaigns.enums import Basis, CampaignState, ExtensionState, ParticipationState
from campaigns.models import Participation, ProgressReport, ReportingPeriod
from campaigns.queries.extensions import newest_request
from campaigns.queries.period_steps import lateness
from campaigns.queries.progress import ReportedLine
from campaigns.services.progress_reports import EDIT, SEND
from campaigns.texts import exact_text, value_text
from campaigns.typed import written
from campaigns.views.pledge import stands_in
from core.text import format_number
from core.ui import states


def crumbs_for(participation: Participation, of_unit: bool, period: ReportingPeriod) -> list[tuple[Any, str]]:
    """The way to a unit's report: through the unit's work, or through the board."""
    campaign = participation.campaign
    title = (campaign.title, reverse("campaigns:campaign_detail", args=[campaign.pk]))
    if of_unit:
        return [(_("Pledges and reports"), reverse("campaigns:unit_work")), title]
    board = reverse("campaigns:campaign_units", args=[campaign.pk])
    return [title, (_("Units"), f"{board}?period={period.pk}")]


def facts_of(user: Any, participation: Participation, period: ReportingPeriod, report: ProgressReport | None) -> Any:
    """What the pages of a report say of unit, period, due day and person."""
    due_on, days = lateness(participation, period, report)
    of_unit = user.has_perm(EDIT, participation)
    running = participation.campaign.state == CampaignState.LAUNCHED
    declined = participation.state == ParticipationState.NOT_JOINING
    is_sent = report is not None and report.sent_at is not None
    asked = None if is_sent else newest_request(user, participation, period)
    waits = asked is not None and asked.state == ExtensionState.ASKED
    return {
        "participation": participation, "campaign": participation.campaign, "period": period, "report": report,
        "due_on": due_on, "days_late": days, "of_unit": of_unit, "may_send": user.has_perm(SEND, participation),
        "on_behalf": stands_in(user, participation, report, of_unit=of_unit),
        "running": running, "declined": declined, "asked": asked,
        "may_ask": running and of_unit and not (declined or is_sent or waits),
    }  # fmt: skip


class OfReport:
    """A page about one report."""

    model: type[Model] | None = ProgressReport
    object: ProgressReport
    request: Any

    def get_object_queryset(self) -> Any:
        rows = super().get_object_queryset()  # type: ignore[misc]
        return rows.select_related("participation__campaign__organiser", "participation__unit", "period")

    def get_title(self) -> Any:
        return _("Report %(period)s") % {"period": self.object.period.name}

    def get_crumbs(self) -> list[tuple[Any, str]]:
        of_unit = bool(self.request.user.has_perm(EDIT, self.object))
        return crumbs_for(self.object.participation, of_unit, self.object.period)

    def facts(self) -> dict[str, Any]:
        report = self.object
        given: dict[str, Any] = facts_of(self.request.user, report.participation, report.period, report)
        return given


def ratio_text(row: ReportedLine) -> str:
    """What is reached in percent of the plan; empty where no percentage is shown."""
    return "" if row.judgement.ratio is None else format_number(percent(row.judgement.ratio), 1)


@dataclass
class Row:
    """One line of a report: as stored, or as typed where it could not be read."""

    line: ReportedLine
    text: str
    basis: str
    no_data: bool
    explanation: str
    error: str = ""

    @property
    def indicator(self) -> Any:
        return self.line.planned.indicator

    @property
    def stamp(self) -> str:
        return self.line.stamp

    def _shown(self, value: FigureValue | None) -> str:
        return exact_text(self.indicator, value)

    @property
    def pledged(self) -> str:
        return value_text(self.indicator, self.line.pledged)

    @property
    def previous(self) -> str:
        return self._shown(self.line.previous)

    @property
    def cumulated(self) -> str:
        return self._shown(self.line.cumulated)

    @property
    def this(self) -> str:
        return value_text(self.indicator, self.line.counting)

    @property
    def own(self) -> str:
        """What the unit itself reported, where the office's figure stands before it; else empty."""
        return value_text(self.indicator, self.line.figure) if self.line.office is not None else ""

    @property
    def confirmed_at(self) -> Any:
        """When the office confirmed the unit's figure."""
        return self.line.figure.confirmed_at if self.line.figure is not None and self.line.office is None else None

    @property
    def estimate_text(self) -> str:
        return value_text(self.indicator, self.line.estimate)

    @property
    def ratio(self) -> str:
        return ratio_text(self.line)

    @property
    def verdict_chip(self) -> SafeString:
        return states.chip_of(self.line.verdict)

    @property
    def is_estimate(self) -> bool:
        figure = self.line.counting
        return bool(figure is not None and self.line.is_entered and figure.basis == Basis.ESTIMATE)

    @property
    def may_confirm(self) -> bool:
        """Whether the unit gave a figure that its office has not confirmed."""
        figure = self.line.figure
        given = figure is not None and self.line.is_entered and not figure.no_data
        return given and figure is not None and figure.confirmed_at is None

    @property
    def is_returned(self) -> bool:
        return bool(self.line.figure is not None and self.line.figure.returned)

    @property
    def is_open(self) -> bool:
        """Whether explanation and evidence stand open under the line."""
        wanted = self.line.wants_explanation or self.line.wants_evidence
        return bool(wanted or self.error or self.is_returned or self.no_data or self.explanation)


def row_of(line: ReportedLine) -> Row:
    """A line as it is stored."""
    figure = line.figure
    basis = figure.basis if figure is not None and line.is_entered else Basis.OFFICIAL
    return Row(
        line, written(line.planned.indicator, figure), str(basis), bool(figure and figure.no_data), line.explanation
    )
