"""A unit's report of a period: begun, its words, and the lock under which everything of it is written."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.enums import CLOSING_SECTIONS, ParticipationState, ReportState
from campaigns.models import Participation, ProgressReport, ReportAttachment, ReportingPeriod, ReportPart
from campaigns.queries.people import people_of
from campaigns.queries.plan import plan_of
from campaigns.services.papers import Paper, attach_scan, check_paper, named_on
from campaigns.services.participations import refuse_unless_running
from campaigns.workflows import ON_PAPER, PARTICIPATION, REPORT
from core import audit, notices
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from core.text import nfc
from core.workflow import write_versioned
from units.permissions import require

EDIT, SEND = "campaigns.edit_report", "campaigns.send_report"
OPEN_STATES = (
    ReportState.DRAFT.value, ReportState.WITH_HEAD.value, ReportState.RETURNED.value, ReportState.REOPENED.value,
)  # fmt: skip
MOST_WORDS = 20_000


class PartMovedOn(MovedOn):
    """Somebody else wrote the same part since the page was shown."""

    def __init__(self, part: ReportPart) -> None:
        super().__init__(_("Somebody else has changed this part meanwhile."))
        self.part = part


def enters_on_behalf(report: ProgressReport, actor: User) -> bool:
    """Whether `actor` enters this report for the unit, from its paper."""
    return report.on_behalf and bool(actor.has_perm(ON_PAPER, report))


def may_write(report: ProgressReport, actor: User) -> bool:
    """Whether `actor` may write the report now, by state and right.

    The unit writes its draft, what was returned and what was reopened; while it lies with the head, the
    head alone does. The standing body writes only what it enters on behalf of the unit.
    """
    if report.state not in OPEN_STATES:
        return False
    right = SEND if report.state == ReportState.WITH_HEAD else EDIT
    return bool(actor.has_perm(right, report)) or enters_on_behalf(report, actor)


def lock_writable(report_id: int, *, actor: User) -> ProgressReport:
    """The report locked for writing.

    Raises ProgressReport.DoesNotExist outside the actor's scope, NotAllowed, CampaignEnded, and WrongState
    where it is not open to be written.
    """
    report = REPORT.lock(report_id, actor=actor)
    if not actor.has_perm(EDIT, report) and not enters_on_behalf(report, actor):
        raise NotAllowed(EDIT)
    refuse_unless_running(report.participation.campaign)
    if not may_write(report, actor):
        raise WrongState(_("The report is no longer open to be written. Open the page again to see where it stands."))
    return report


@transaction.atomic
def start_report(*, participation_id: int, period_id: int, actor: User) -> ProgressReport:
    """Begin the unit's report of a period, or give the one that was begun. Raises ServiceError if it does not join."""
    participation = PARTICIPATION.lock(participation_id, actor=actor)
    require(actor, EDIT, participation)
    return _begun(participation, period_id, actor)


@transaction.atomic
def begin_on_behalf(*, participation_id: int, period_id: int, paper: Paper, actor: User) -> ProgressReport:
    """Take over a report that came on paper: named by number, date and scan, marked so for ever.

    What the unit itself has begun and not sent goes on from where it stands, and the unit is told.
    Raises WrongState once the report is sent.
    """
    participation = PARTICIPATION.lock(participation_id, actor=actor)
    require(actor, ON_PAPER, participation)
    there = ProgressReport.objects.filter(participation=participation, period=period_id).first()
    if there is not None and there.state not in OPEN_STATES:
        raise WrongState(_("The unit's report is already sent."))
    has_scan = there is not None and there.attachments.filter(kind="paper", removed_at=None).exists()
    check_paper(paper, has_scan=has_scan)
    report = _begun(participation, period_id, actor)
    write_versioned(report, **named_on(report, paper))
    attach_scan(ReportAttachment, paper=paper, actor=actor, report=report)
    audit.record("report.entered_on_behalf", actor=actor, subject=report,
                 changes={"paper_symbol": ["", report.paper_symbol]})  # fmt: skip
    notices.after_commit(
        "report_entered_on_behalf", recipients=people_of(participation.unit_id), target=report,
        params={"title": participation.campaign.title, "period": report.period.name, "paper": report.paper_symbol},
    )  # fmt: skip
    return report


def _begun(participation: Participation, period_id: int, actor: User) -> ProgressReport:
    """The report with all its parts in words. The participation is locked, so that only one is begun."""
    refuse_unless_running(participation.campaign)
    period = ReportingPeriod.objects.get(pk=period_id, campaign=participation.campaign_id)
    report = ProgressReport.objects.filter(participation=participation, period=period).first()
    if report is not None:
        return report
    if participation.state == ParticipationState.NOT_JOINING:
        raise ServiceError(_("The unit does not join this campaign; it reports nothing."))
    report = ProgressReport.objects.create(participation=participation, period=period, created_by=actor)
    plan = plan_of(participation.campaign, unit=participation.unit, day=period.ends_on)
    parts = [ReportPart(report=report, focus_area=area.area) for area in plan.areas]
    parts += [ReportPart(report=report, section=section) for section in CLOSING_SECTIONS]
    ReportPart.objects.bulk_create(parts)
    audit.record("report.begun", actor=actor, subject=report, changes={"period": [None, period.name]})
    return report


@transaction.atomic
def save_words(
    *, report_id: int, texts: Mapping[int, str], actor: User, seen: Mapping[int, str] | None = None
) -> ProgressReport:
    """Write parts in words, by part id; `seen` is what the page showed of each.

    Raises PartMovedOn where somebody else wrote something else meanwhile, ServiceError for a text too long.
    """
    report = lock_writable(report_id, actor=actor)
    changed = []
    for part in report.parts.filter(pk__in=texts).select_related("focus_area"):
        text = nfc(texts[part.pk]).strip()
        if len(text) > MOST_WORDS:
            raise ServiceError(_("At most %(most)s characters.") % {"most": MOST_WORDS}, field=f"w{part.pk}")
        if text == part.text:
            continue
        if seen is not None and part.pk in seen and nfc(seen[part.pk]).strip() != part.text:
            raise PartMovedOn(part)
        part.text = text
        part.save(update_fields=["text"])
        changed.append(name_of(part))
    if changed:
        write_versioned(report)  # counts the version up: whoever is about to send sees that it moved
        audit.record("report.words_saved", actor=actor, subject=report, changes={"parts": [None, ", ".join(changed)]})
    return report


def name_of(part: ReportPart) -> str:
    """A part by its focus area or its section."""
    return part.focus_area.title if part.focus_area is not None else str(part.get_section_display())
