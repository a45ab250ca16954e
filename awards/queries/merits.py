"""What may be said of a recipient without typing it again: results of the campaign, awards in the ledger.

The words are Vietnamese, as they stand on the list that goes up. They are offered, never written over
what somebody typed (`awards.services.merits`).
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from awards.enums import CommendationState
from awards.models import Commendation, ReviewRound
from awards.queries.ledger import awards_of
from campaigns.arithmetic import percent
from campaigns.enums import IndicatorKind, ParticipationState, ReportState, Verdict
from campaigns.models import Indicator, Participation, ProgressReport
from campaigns.queries.results import Cell, ResultArea, Results, results_of
from campaigns.texts import exact_text, target_text, value_text
from core.text import format_date, format_number
from units.models import Subject

LONGEST = 10000
"""Characters a line's text may have. Results that would take half of it are counted, not named each."""
MOST_AWARDS = 20
COUNTED = (Verdict.EXCEEDED, Verdict.MET, Verdict.ON_TRACK, Verdict.NOT_MET, Verdict.BEHIND)
TAKEN = (ReportState.ACCEPTED.value, ReportState.CLOSED.value)


@dataclass(frozen=True)
class Draft:
    """Words made from what the system knows. `report` holds the figures; None where only awards are told."""

    text: str
    report: ProgressReport | None = None


NOTHING = Draft("")


def draft_for(subject: Subject, round_: ReviewRound, user: User) -> Draft:
    """The achievements of a recipient as far as `user` may read them; empty where nothing is on record.

    A unit that takes part in the round's campaign has its figures, of the last report that was taken in;
    everybody has the awards in force of the ledger.
    """
    with translation.override("vi"):
        report = last_report(subject, round_, user)
        told = _results(report, user) if report is not None else ""
        awards = _awards(subject, user)
        return Draft("\n".join(part for part in (told, awards) if part), report)


def last_report(subject: Subject, round_: ReviewRound, user: User) -> ProgressReport | None:
    """The unit's last report in the round's campaign whose figures were accepted or closed."""
    if subject.unit_id is None or round_.campaign_id is None:
        return None
    places = Participation.objects.visible_to(user).exclude(state=ParticipationState.NOT_JOINING)
    rows = ProgressReport.objects.visible_to(user).filter(
        state__in=TAKEN,
        participation__in=places.filter(campaign=round_.campaign_id, unit=subject.unit_id).order_by().values("pk"),
    )
    found: ProgressReport | None = (
        rows.select_related("participation__campaign", "period").order_by("-period__ends_on", "period__starts_on", "pk")
    ).first()
    return found


def _results(report: ProgressReport, user: User) -> str:
    """A heading, then a paragraph a focus area, then the count."""
    place, period = report.participation, report.period
    table = results_of(place.campaign, period, user, settled_only=True, only=[place.pk])
    areas = [(area, [row.cells[0] for row in area.rows if row.cells and row.cells[0].line.is_reported])
             for area in table.areas]  # fmt: skip
    told = [(area, cells) for area, cells in areas if cells]
    if not told:
        return ""
    head = _("Results of “%(title)s” up to %(day)s (%(period)s):") % {
        "title": place.campaign.title, "day": format_date(period.ends_on), "period": period.name,
    }  # fmt: skip
    whole = "\n".join([head, *(_paragraph(area, cells) for area, cells in told), _count(table)])
    if len(whole) <= LONGEST // 2:
        return whole
    return "\n".join([head, *(f"{_heading(area)}. {_count(area)}" for area, _cells in told), _count(table)])


def _paragraph(area: ResultArea, cells: list[Cell]) -> str:
    return f"{_heading(area)}. {'; '.join(map(_sentence, cells))}."


def _heading(area: ResultArea) -> str:
    return f"{area.number}. {area.title.rstrip(' .;:')}"


def _sentence(cell: Cell) -> str:
    """One indicator: planned, pledged, achieved, its share of the plan, the verdict."""
    line, indicator = cell.line, cell.line.planned.indicator
    told = [
        (_("planned %(value)s"), target_text(indicator, line.planned.target)),
        (_("pledged %(value)s"), value_text(indicator, line.pledged)),
        (_("achieved %(value)s"), exact_text(indicator, line.cumulated)),
    ]
    parts = ", ".join(words % {"value": _measured(indicator, text)} for words, text in told if text != "–")
    judged = []
    if line.judgement.ratio is not None:
        judged.append(_("%(share)s%% of the plan") % {"share": format_number(percent(line.judgement.ratio), 1)})
    if cell.verdict in COUNTED:
        judged.append(str(cell.verdict.label).lower())
    return f"{indicator.name}: {parts} ({', '.join(judged)})" if judged else f"{indicator.name}: {parts}"


def _measured(indicator: Indicator, text: str) -> str:
    """A quantity with its measure; words, days and answers stand alone."""
    if indicator.kind == IndicatorKind.DATE or not indicator.measure or not text[-1].isdecimal():
        return text
    return f"{text}%" if indicator.measure == "%" else f"{text} {indicator.measure}"


def _count(table: Results | ResultArea) -> str:
    """How many indicators came to which verdict; being on schedule is not yet having met."""
    counts = {verdict: table.count(verdict) for verdict in COUNTED}
    if not any(counts.values()):
        return _("No indicator has fallen due yet.")
    told = ", ".join(f"{count} {str(verdict.label).lower()}" for verdict, count in counts.items() if count)
    return _("Of %(all)s indicators judged: %(counts)s.") % {"all": sum(counts.values()), "counts": told}


def _awards(subject: Subject, user: User) -> str:
    """The awards of the ledger as one line, newest first."""
    rows = list(awards_of(subject, user).filter(state=CommendationState.IN_FORCE).order_by("-awarded_on", "-pk"))
    told = [_award(row) for row in rows[:MOST_AWARDS]]
    if more := len(rows) - len(told):
        told.append(_("%(count)s earlier awards") % {"count": more})
    return _("Awarded before: %(awards)s.") % {"awards": "; ".join(told)} if told else ""


def _award(row: Commendation) -> str:
    """2023: the award (number of the decision, its day)."""
    year = f"{row.achievement_year}: " if row.achievement_year else ""
    day = format_date(row.awarded_on)
    paper = _("Decision %(symbol)s of %(day)s") % {"symbol": row.printed_decision, "day": day}
    return f"{year}{row.printed_award} ({paper if row.printed_decision else day})"
