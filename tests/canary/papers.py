"""What the units report and propose, and what their committee decides, each with its word."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.enums import DecisionState, NominationState, SubmissionState
from awards.models import Submission
from campaigns.models import Campaign
from campaigns.services.evidence import add_evidence
from campaigns.services.figures import Entry, save_figures
from campaigns.services.periods import create_period, end_of
from campaigns.services.progress_reports import start_report
from campaigns.services.report_steps import send_report
from catalogue.queries import award_versions_on
from core import clock
from tests.awards.factories import (
    AppraisalFactory,
    CommendationFactory,
    DecisionFactory,
    NominationFactory,
    ReviewRoundFactory,
    SubmissionFactory,
)
from tests.canary.planting import Planter
from tests.core.bad_files import pdf
from units.enums import SubjectKind
from units.services.subjects import subject_for


def plant_papers(planter: Planter) -> None:
    """Adds to `planter.records`, after `planter.plant()`."""
    plant_reports(planter, planter.records["launched_campaign"][0])
    plant_awards(planter)


def plant_reports(planter: Planter, campaign: Campaign) -> None:
    """A report that the hamlet is still writing, and one that the office has sent."""
    today = clock.today()
    period = create_period(
        campaign_id=campaign.pk, name="Năm", starts_on=today, ends_on=today, due_at=end_of(today),
        actor=planter.user("standing_officer"),
    )  # fmt: skip
    indicator = campaign.indicators.get()
    reports = []
    for key, name, secret in (("a.hamlet", "unit_officer", "draftfigure"), ("a.office", "office_officer", "figure")):
        place = campaign.participations.get(unit=planter.unit(key))
        writer = planter.user(name)
        report = start_report(participation_id=place.pk, period_id=period.pk, actor=writer)
        entry = Entry(no_data=True, explanation=f"Chưa có {planter.word(secret)}")
        reports.append(save_figures(report_id=report.pk, entries={indicator.pk: entry}, actor=writer).report)
    draft, sent = reports
    upload = SimpleUploadedFile(f"{planter.word('evidence')}.pdf", pdf(), content_type="application/pdf")
    add_evidence(report_id=sent.pk, indicator_id=indicator.pk, upload=upload, actor=planter.user("office_officer"))
    sent.refresh_from_db()
    send_report(report_id=sent.pk, version=sent.version, actor=planter.user("office_head"))
    planter.records |= {
        "period": [period], "report_draft": [draft, sent], "sent_report": [sent], "sent_figure": [sent.figures.get()],
        "report_place": [{"pk": draft.participation_id, "period": period.pk}],
    }  # fmt: skip


def plant_awards(planter: Planter) -> None:
    """A round, a letter that is being written, one that was sent, a decision being prepared and one given."""
    committee, hamlet, office = planter.unit("a"), planter.unit("a.hamlet"), planter.unit("a.office")
    award = award_versions_on(clock.today(), subject_kind=SubjectKind.UNIT, organiser_level="commune")[0]
    review = ReviewRoundFactory(organiser=committee, title=f"Đợt xét {planter.word('round')}")

    def line(letter: Submission, unit: Any, secret: str, **more: Any) -> Any:
        return NominationFactory(
            submission=letter, subject=subject_for(unit=unit), award_version=award,
            printed_name=f"Tập thể {planter.word(secret)}", **more,
        )  # fmt: skip

    draft_letter = SubmissionFactory(round=review, unit=hamlet, state=SubmissionState.DRAFT)
    draft_line = line(draft_letter, hamlet, "draftline", state=NominationState.DRAFT)
    sent_letter = SubmissionFactory(round=review, unit=office)
    sent_line = line(sent_letter, office, "line", state=NominationState.APPRAISING)
    task = AppraisalFactory(nomination=sent_line, reviewer=planter.user("reviewer"))
    drafted = DecisionFactory(
        organiser=committee, state=DecisionState.DRAFT, title=f"Về việc {planter.word('drafted')}"
    )
    entered = DecisionFactory(organiser=committee, title=f"Về việc {planter.word('decided')}")
    CommendationFactory(
        decision=entered, organiser=committee, subject=subject_for(unit=hamlet), unit=hamlet, award_version=award,
        printed_name=f"Tập thể {planter.word('awarded')}",
    )  # fmt: skip
    planter.records |= {
        "round": [review], "draft_submission": [draft_letter], "draft_line": [draft_line],
        "sent_submission": [sent_letter], "sent_line": [sent_line], "appraised_line": [sent_line],
        "appraisal_task": [task], "decision_drafted": [drafted], "decision_entered": [entered],
        "hamlet_subject": [subject_for(unit=hamlet)],
    }  # fmt: skip
