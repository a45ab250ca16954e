"""The figures of a report: written line by line, judged at once, each change kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.enums import UNIT_BASES, Basis, ReportState
from campaigns.models import Figure, FigureChange, ProgressReport
from campaigns.queries.progress import HELD, ReportedLine, ReportSheet, chosen, report_sheet, stamp_of
from campaigns.services import lines
from campaigns.services.lines import LineMovedOn, write_each
from campaigns.services.progress_reports import lock_writable
from campaigns.typed import BLANK, is_blank, plain, settle
from core import audit, clock
from core.errors import ServiceError
from core.text import nfc
from core.workflow import write_versioned

MOST_EXPLANATION = 4000


@dataclass(frozen=True)
class Entry:
    """What is entered for one indicator. `stamp` is the print of what the page showed; None asks nothing."""

    values: Mapping[str, Any] = field(default_factory=lambda: dict(BLANK))
    basis: str = Basis.OFFICIAL
    no_data: bool = False
    explanation: str = ""
    stamp: str | None = None


@dataclass(kw_only=True)
class Outcome(lines.Outcome):
    """What became of the figures of a report that were saved together."""

    report: ProgressReport


@transaction.atomic
def save_figures(*, report_id: int, entries: Mapping[int, Entry], actor: User) -> Outcome:
    """Write the figures of several indicators, by indicator id; a refused line does not stop the others.

    An estimate and an official figure stand side by side; the official one counts where it says anything.
    Taking a figure back leaves it blank, which is not zero.
    """
    report = lock_writable(report_id, actor=actor)
    outcome = Outcome(report=report, version_before=report.version)
    rows = {row.planned.indicator.pk: row for row in report_sheet(report).lines()}
    there = _figures_of(report, entries)
    changes = write_each(
        entries, outcome, lambda pk, entry: _write(report, rows.get(pk), there.get(pk, []), entry, actor)
    )  # fmt: skip
    if changes:
        write_versioned(report)
        judge(report)
        audit.record("report.figures_saved", actor=actor, subject=report, changes=changes)
    return outcome


@transaction.atomic
def save_figure(*, report_id: int, indicator_id: int, entry: Entry, actor: User) -> ProgressReport:
    """Write one line. Raises ServiceError for a value the indicator cannot hold, LineMovedOn."""
    outcome = save_figures(report_id=report_id, entries={indicator_id: entry}, actor=actor)
    outcome.raise_refused()
    return outcome.report


def judge(report: ProgressReport) -> None:
    """Keep the verdicts of the report's figures, and of later reports of the unit, which count on from them."""
    later = ProgressReport.objects.filter(
        participation=report.participation_id, period__starts_on__gt=report.period.starts_on
    ).select_related("period", "participation__campaign", "participation__unit")
    for row in (report, *later.order_by("period__starts_on", "pk")):
        store_verdicts(report_sheet(row))


def store_verdicts(sheet: ReportSheet) -> None:
    """Keep verdict and target beside each figure, for counting and sorting. Computed anew each time."""
    changed = []
    for row in sheet.lines():
        figure, target = row.counting, row.planned.target
        if figure is None:
            continue
        target_id = target.pk if target is not None else None
        if (figure.verdict, figure.target_id) != (row.verdict.value, target_id):
            figure.verdict, figure.target_id = row.verdict.value, target_id
            changed.append(figure)
    Figure.objects.bulk_update(changed, ["verdict", "target"])


def _figures_of(report: ProgressReport, indicators: Iterable[int]) -> dict[int, list[Figure]]:
    found: dict[int, list[Figure]] = {}
    rows = report.figures.filter(indicator__in=list(indicators), basis__in=UNIT_BASES)
    for figure in rows.order_by("pk"):
        found.setdefault(figure.indicator_id, []).append(figure)
    return found


def _write(
    report: ProgressReport, line: ReportedLine | None, there: list[Figure], entry: Entry, actor: User
) -> dict[str, list[Any]]:
    """Put the entry in the figure's place; returns what changed, under the indicator's number."""
    if line is None or not line.is_counted:
        raise ServiceError(_("This indicator is not assigned to the unit."))
    indicator = line.planned.indicator
    after = _settled(line, entry)
    now = chosen(there)
    figure = next((f for f in there if f.basis == entry.basis), None)
    before = _held(figure)
    if entry.basis == Basis.OFFICIAL and figure is None and _is_empty(after):
        return {}
    took_back = entry.basis == Basis.ESTIMATE and now is not None and now.basis == Basis.OFFICIAL and not _is_empty(
        _held(now))  # fmt: skip
    changed = [name for name in HELD if after[name] != before[name]]
    if not changed and not took_back:
        return {}
    if entry.stamp is not None and entry.stamp != stamp_of(now):
        raise LineMovedOn(now, stamp_of(now))
    if took_back and now is not None:
        keep(now, {**BLANK, "no_data": False, "explanation": ""}, report, actor)
    if figure is None:
        figure = Figure(report=report, indicator=indicator, basis=entry.basis)
    keep(figure, after, report, actor)
    return {f"{indicator.code} {name}": [plain(before[name]), plain(after[name])] for name in changed}


def _settled(line: ReportedLine, entry: Entry) -> dict[str, Any]:
    values = settle(line.planned.indicator, dict(entry.values))
    explanation = nfc(entry.explanation).strip()
    if len(explanation) > MOST_EXPLANATION:
        raise ServiceError(_("At most %(most)s characters.") % {"most": MOST_EXPLANATION}, field="explanation")
    if entry.basis not in UNIT_BASES:
        raise ServiceError(_("A figure is an estimate or official."))
    if entry.no_data and not is_blank(values):
        raise ServiceError(_("Either there is a figure, or there is no data."))
    return {**values, "no_data": entry.no_data, "explanation": explanation}


def _held(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {**BLANK, "no_data": False, "explanation": ""}
    return {name: getattr(figure, name) for name in HELD}


def _is_empty(held: Mapping[str, Any]) -> bool:
    return all(value in (None, "") or (value is False and name != "yes") for name, value in held.items())


def keep(figure: Figure, after: Mapping[str, Any], report: ProgressReport, actor: User) -> None:
    """Write the figure and the change of it; what is changed after reopening carries the reason given then.

    What the office confirmed was the figure before: another value is to be confirmed anew.
    """
    before = {name: plain(value) for name, value in _held(figure if figure.pk else None).items()}
    for name, value in after.items():
        setattr(figure, name, value)
    figure.confirmed_at = figure.confirmed_by = None
    figure.save()
    reason = report.reopened_reason if report.state == ReportState.REOPENED else ""
    FigureChange.objects.create(
        figure=figure, before=before, after={name: plain(value) for name, value in after.items()}, by=actor,
        at=clock.now(), reason=reason,
    )  # fmt: skip
