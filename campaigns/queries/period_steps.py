"""The reports of each period as steps of the board, and as duties of the units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import BoardState, ParticipationState, ReportState, Verdict
from campaigns.judging import UNCOUNTED
from campaigns.models import Campaign, Extension, Participation, ProgressReport, ReportingPeriod
from campaigns.queries import duties, steps
from campaigns.queries.periods import by_participation, day_of, due_of, periods_of
from campaigns.queries.plan import Plan
from core import clock
from core.errors import Text

BOARD_STATES: dict[str, BoardState] = {
    ReportState.DRAFT: BoardState.NOT_SENT,
    ReportState.WITH_HEAD: BoardState.NOT_SENT,
    ReportState.SENT: BoardState.WAITING,
    ReportState.RETURNED: BoardState.RETURNED,
    ReportState.REOPENED: BoardState.RETURNED,
    ReportState.ACCEPTED: BoardState.APPROVED,
    ReportState.CLOSED: BoardState.APPROVED,
}
NOT_SENT = [state for state, place in BOARD_STATES.items() if place == BoardState.NOT_SENT]
FILLED = (
    Q(figures__no_data=True) | Q(figures__number__isnull=False) | Q(figures__numerator__isnull=False)
    | Q(figures__on_date__isnull=False) | Q(figures__yes__isnull=False) | ~Q(figures__words="")
)  # fmt: skip


def place_url(participation: Participation, period: ReportingPeriod) -> str:
    """The page of a unit in a period, also before there is a report."""
    return reverse("campaigns:report_place", args=[participation.pk, period.pk])


@dataclass(frozen=True)
class ReportStep:
    """The report of one period."""

    period: ReportingPeriod
    parameter: str = "period"

    @property
    def value(self) -> str:
        return str(self.period.pk)

    @property
    def label(self) -> Text:
        return self.period.name

    @property
    def due_on(self) -> date:
        return day_of(self.period.due_at)

    def papers(self, campaign: Campaign, user: User) -> Mapping[int, steps.Paper]:
        visible = ProgressReport.objects.visible_to(user).filter(period=self.period).order_by().values("pk")
        below = Q(figures__verdict__in=(Verdict.NOT_MET, Verdict.BEHIND))
        rows = ProgressReport.objects.filter(pk__in=visible).annotate(
            entered=Count("figures__indicator", filter=FILLED, distinct=True),
            below=Count("figures__indicator", filter=FILLED & below, distinct=True),
        )
        return {
            row.participation_id: steps.Paper(
                state=BOARD_STATES[row.state], sent_at=row.sent_at, settled_at=row.closed_at or row.accepted_at,
                returned_at=row.returned_at, reason=reason_of(row), late=row.late, on_behalf=row.on_behalf,
                entered=row.entered, below=row.below,
            )
            for row in rows
        }  # fmt: skip

    def owing(self, campaign: Campaign) -> list[Participation]:
        """Those whose own deadline, with its extension, is not the point: whoever has not sent, owes."""
        done = ProgressReport.objects.filter(period=self.period).exclude(state__in=NOT_SENT).values("participation")
        rows = Participation.objects.filter(campaign=campaign).exclude(state=ParticipationState.NOT_JOINING)
        return steps.in_order(rows.exclude(pk__in=done))

    def counted(self, plan: Plan) -> int:
        return sum(row.assigned and row.indicator.kind not in UNCOUNTED for row in plan.lines())

    def detail_url(self, participation: Participation) -> str:
        return place_url(participation, self.period)

    def on_behalf_url(self, participation: Participation) -> str:
        return reverse("campaigns:report_on_behalf", args=[participation.pk, self.period.pk])


def reason_of(report: ProgressReport) -> str:
    return report.reopened_reason if report.state == ReportState.REOPENED else report.return_reason


@steps.register
def report_steps(campaign: Campaign) -> Sequence[steps.Step]:
    return [ReportStep(period) for period in periods_of(campaign)]


WHY: dict[str, Text] = {
    ReportState.DRAFT: _("Being written in the unit."),
    ReportState.WITH_HEAD: _("Waits for the head to confirm and send."),
    ReportState.SENT: _("Waits for the standing body."),
    ReportState.ACCEPTED: _("Accepted by the standing body."),
    ReportState.CLOSED: _("The figures are closed."),
}


@duties.register
def report_duties(user: User, rows: list[Participation]) -> Iterable[duties.Duty]:
    """The reports of the periods that have begun; a unit that does not join owes none."""
    joining = [row for row in rows if row.state != ParticipationState.NOT_JOINING]
    if not joining:
        return
    periods = ReportingPeriod.objects.filter(
        campaign__in={row.campaign_id for row in joining}, starts_on__lte=clock.today()
    )
    by_campaign: dict[int, list[ReportingPeriod]] = {}
    for period in periods.order_by("ends_on", "pk"):
        by_campaign.setdefault(period.campaign_id, []).append(period)
    reports = {
        (report.participation_id, report.period_id): report
        for report in ProgressReport.objects.visible_to(user).filter(participation__in=joining)
    }
    moved = by_participation(Extension.objects.filter(participation__in=joining).order_by("pk"))
    for row in joining:
        for period in by_campaign.get(row.campaign_id, []):
            key = (row.pk, period.pk)
            yield duty_of(row, period, reports.get(key), day_of(moved.get(key, period.due_at)))


def duty_of(row: Participation, period: ReportingPeriod, report: ProgressReport | None, due_on: date) -> duties.Duty:
    """One report as something owed or sent."""
    state = ReportState(report.state) if report is not None else ReportState.DRAFT
    why = WHY.get(state, reason_of(report) if report is not None else "")
    url, act, is_open = place_url(row, period), _("View"), False
    if report is None:
        why, act, is_open = _("Not begun yet."), _("Enter the report"), True
    elif state in (ReportState.DRAFT, ReportState.WITH_HEAD, ReportState.RETURNED, ReportState.REOPENED):
        url, is_open = reverse("campaigns:report_edit", args=[report.pk]), True
        act = _("Mend the report") if state in (ReportState.RETURNED, ReportState.REOPENED) else _(
            "Continue the report")  # fmt: skip
    return duties.Duty(
        participation=row, label=_("Report %(period)s") % {"period": period.name}, due_on=due_on, state=state, why=why,
        url=url, act=act, icon="file-text", open=is_open, order=1,
    )  # fmt: skip


def lateness(participation: Participation, period: ReportingPeriod, report: ProgressReport | None) -> tuple[date, int]:
    """The day the unit's report is due, and how many days late it was sent or is now."""
    due = due_of(participation, period)
    if report is not None and report.sent_at is not None and report.due_at_then is not None:
        due = report.due_at_then
        moment = report.sent_at if report.late else due
    else:
        moment = clock.now()
    return day_of(due), max(0, (day_of(moment) - day_of(due)).days)
