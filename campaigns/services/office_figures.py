"""What the office that follows an indicator says of a unit's figure: it confirms it, or gives its own official one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.enums import Basis, CampaignState, ReportState
from campaigns.models import Campaign, Figure, Indicator, ProgressReport
from campaigns.models.scope import OFFICE
from campaigns.queries.people import people_of, standing_officers
from campaigns.queries.progress import chosen, is_filled, of_unit, stamp_of
from campaigns.services.figures import MOST_EXPLANATION, judge, keep
from campaigns.services.lines import LineMovedOn
from campaigns.services.participations import refuse_unless_running
from campaigns.texts import value_text
from campaigns.typed import BLANK, is_blank, settle
from core import audit, clock, notices
from core.errors import ServiceError, WrongState
from core.text import nfc
from core.workflow import write_versioned
from units.permissions import require

OPEN = (ReportState.SENT.value, ReportState.ACCEPTED.value, ReportState.REOPENED.value)
"""Before it is sent the figure is the unit's alone; what is returned is being mended, what is closed stands."""

CLEARED = {**BLANK, "no_data": False, "explanation": ""}


@transaction.atomic
def confirm_figure(*, figure_id: int, actor: User, stamp: str | None = None) -> Figure:
    """Confirm what the unit reported. A figure the office gave before is taken back: the unit's counts again.

    `stamp` is the print of the unit's figure as the page showed it. Raises Figure.DoesNotExist outside the
    actor's scope, NotAllowed for another office, LineMovedOn, WrongState, ServiceError where there is nothing.
    """
    report, indicator, own, given = _locked(figure_id, actor)
    _refuse_moved(own, stamp)
    if own is None or not is_filled(own) or own.no_data:
        raise ServiceError(_("The unit has reported no figure that could be confirmed."))
    if own.confirmed_at is not None:
        raise ServiceError(_("The figure is confirmed already."))
    before = value_text(indicator, given) if given is not None and is_filled(given) else ""
    if given is not None and is_filled(given):
        keep(given, CLEARED, report, actor)
    own.confirmed_at, own.confirmed_by = clock.now(), actor
    own.save(update_fields=["confirmed_at", "confirmed_by"])
    _told("confirmed", report, indicator, actor, values=(before, value_text(indicator, own)))
    return own


@transaction.atomic
def supply_figure(
    *, figure_id: int, values: Mapping[str, Any], note: str, actor: User, stamp: str | None = None
) -> Figure:  # fmt: skip
    """Give the office's own official figure, with a note why. It counts from now on; the unit's stays beside it.

    Raises what `confirm_figure` raises, and ServiceError for a blank value or note.
    """
    report, indicator, own, given = _locked(figure_id, actor)
    _refuse_moved(own, stamp)
    settled, note = settle(indicator, dict(values)), nfc(note).strip()
    if is_blank(settled):
        raise ServiceError(_("Enter the figure."), field="value")
    if not note:
        raise ServiceError(_("Say where the figure comes from."), field="note")
    if len(note) > MOST_EXPLANATION:
        raise ServiceError(_("At most %(most)s characters.") % {"most": MOST_EXPLANATION}, field="note")
    before = value_text(indicator, chosen(figure for figure in (own, given) if figure is not None))
    given = given or Figure(report=report, indicator=indicator, basis=Basis.OFFICE)
    keep(given, {**settled, "no_data": False, "explanation": note}, report, actor)
    given.confirmed_at, given.confirmed_by = clock.now(), actor
    given.save(update_fields=["confirmed_at", "confirmed_by"])
    if own is not None and own.confirmed_at is not None:
        own.confirmed_at = own.confirmed_by = None
        own.save(update_fields=["confirmed_at", "confirmed_by"])
    _told("supplied", report, indicator, actor, values=(before, value_text(indicator, given)), note=note)
    return given


def is_open(report: ProgressReport, campaign: Campaign) -> bool:
    """Whether the office may confirm or replace figures of the report now."""
    return report.state in OPEN and campaign.state == CampaignState.LAUNCHED


def _locked(figure_id: int, actor: User) -> tuple[ProgressReport, Indicator, Figure | None, Figure | None]:
    """The report locked, the indicator, the unit's figure and the office's."""
    figure = Figure.objects.visible_to(actor).select_related("indicator__campaign").get(pk=figure_id)
    indicator: Indicator = figure.indicator
    require(actor, OFFICE, indicator)
    report = ProgressReport.objects.select_for_update().get(pk=figure.report_id)
    refuse_unless_running(indicator.campaign)
    if report.state not in OPEN:
        raise WrongState(_("The figures of this report can not be confirmed or replaced in the state it is in."))
    rows = list(report.figures.filter(indicator=indicator).order_by("pk"))
    return report, indicator, chosen(of_unit(rows)), next((row for row in rows if row.basis == Basis.OFFICE), None)


def _refuse_moved(own: Figure | None, stamp: str | None) -> None:
    if stamp is not None and stamp != stamp_of(own):
        raise LineMovedOn(own, stamp_of(own))


def _told(
    act: str, report: ProgressReport, indicator: Indicator, actor: User, *, values: tuple[str, str], note: str = ""
) -> None:  # fmt: skip
    """Count the report's version up, judge it anew, enter the trail, tell the unit and the standing body."""
    write_versioned(report)
    judge(report)
    audit.record(f"figure.{act}", actor=actor, subject=report, changes={indicator.code: list(values)}, reason=note)
    participation = report.participation
    people = {person.pk: person for person in
              (*people_of(participation.unit_id), *standing_officers(report.organiser_id))}  # fmt: skip
    people.pop(actor.pk, None)
    notices.after_commit(
        f"figure_{act}", recipients=list(people.values()), target=report,
        params={
            "title": participation.campaign.title, "unit": str(participation), "period": report.period.name,
            "office": str(indicator.office), "code": indicator.code, "value": values[1], "measure": indicator.measure,
            "note": note,
        },
    )  # fmt: skip
