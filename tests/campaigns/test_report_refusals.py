"""What is refused around reports: by state, right, version, period and the end of the campaign."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.models import Campaign, FigureAttachment, Indicator, ReportingPeriod
from campaigns.queries.periods import due_of
from campaigns.queries.progress import report_sheet
from campaigns.services.evidence import add_evidence, remove_evidence
from campaigns.services.extensions import extend
from campaigns.services.figures import MOST_EXPLANATION, Entry, save_figure
from campaigns.services.papers import Paper
from campaigns.services.participations import CampaignEnded, decide_joining
from campaigns.services.periods import edit_period, end_of, remove_period
from campaigns.services.progress_reports import MOST_WORDS, begin_on_behalf, save_words, start_report
from campaigns.services.report_steps import (
    accept_report,
    close_report,
    reopen_report,
    return_report,
    send_report,
    submit_to_head,
    take_back,
)
from campaigns.typed import read
from core import clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.campaigns.pledging import counted, launched, paper, place, scan
from tests.campaigns.reporting import HALF, fill_report, period, report_of, rest, sent_report
from tests.campaigns.world import build_committee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_july():
    with clock.on_day(date(2024, 7, 3)):
        yield


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def campaign(committee):
    with clock.on_day(date(2024, 3, 1)):
        return launched(committee)


@pytest.fixture
def first(committee, campaign):
    return place(campaign, committee.communes[0])


@pytest.fixture
def half(committee, campaign):
    return period(campaign, committee)


@pytest.fixture
def foreign(committee):
    """A period of another campaign."""
    with clock.on_day(date(2024, 3, 1)):
        other = launched(committee)
    return period(other, committee)


# --- Who, and on which version ---


@pytest.mark.parametrize("who", ["officer", "approver", "observer"])
def test_nobody_outside_the_unit_writes_its_report(committee, campaign, first, half, who):
    report = sent_report(first, half, committee.unit_officers[0], committee.heads[0])
    return_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="Sửa")
    with pytest.raises(NotAllowed):
        fill_report(report, getattr(committee, who))
    with pytest.raises(NotAllowed):
        start_report(participation_id=first.pk, period_id=half.pk, actor=getattr(committee, who))


def test_the_head_alone_sends_also_where_the_unit_has_joined_long_ago(committee, campaign, first, half):
    officer = committee.unit_officers[0]
    decide_joining(participation_id=first.pk, version=0, joining=True, actor=committee.heads[0])
    report = fill_report(report_of(first, half, officer), officer)
    with pytest.raises(NotAllowed):
        send_report(report_id=report.pk, version=report.version, actor=officer)
    report = submit_to_head(report_id=report.pk, version=report.version, actor=officer)
    with pytest.raises(NotAllowed):
        send_report(report_id=report.pk, version=report.version, actor=officer)


def test_every_step_of_a_report_asks_for_the_version_seen(committee, campaign, first, half):
    report = fill_report(report_of(first, half, committee.unit_officers[0]), committee.unit_officers[0])
    for step, more in (
        (submit_to_head, {}), (take_back, {}), (send_report, {}), (accept_report, {}), (return_report, {"reason": "x"}),
        (close_report, {}), (reopen_report, {"reason": "x"}),
    ):  # fmt: skip
        with pytest.raises(MovedOn):
            step(report_id=report.pk, version=report.version - 1, actor=committee.heads[0], **more)


def test_what_was_not_seen_is_not_sent(committee, campaign, first, half):
    officer, head = committee.unit_officers[0], committee.heads[0]
    report = fill_report(report_of(first, half, officer), officer)
    seen = report.version
    save_words(report_id=report.pk, texts={report.parts.get(section="causes").pk: "Mưa lũ"}, actor=officer)
    with pytest.raises(MovedOn):
        send_report(report_id=report.pk, version=seen, actor=head)
    report.refresh_from_db()
    seen = report.version
    fill_report(report, officer, ["2.600", *HALF[1:]])
    with pytest.raises(MovedOn):
        send_report(report_id=report.pk, version=seen, actor=head)


def test_a_report_on_paper_names_its_paper_and_never_what_was_sent(committee, campaign, first, half):
    given = {"period_id": half.pk, "actor": committee.officer}
    for number, (named, field) in enumerate([
        (Paper("", date(2024, 7, 1), scan()), "paper_symbol"), (Paper("1", date(2024, 7, 1)), "scan"),
    ]):  # fmt: skip
        with pytest.raises(ServiceError) as refused:
            begin_on_behalf(participation_id=place(campaign, committee.communes[number]).pk, paper=named, **given)
        assert refused.value.field == field
    report = sent_report(first, half, committee.unit_officers[0], committee.heads[0])
    with pytest.raises(WrongState):
        begin_on_behalf(participation_id=first.pk, paper=paper(), **given)
    report.refresh_from_db()
    assert not report.on_behalf


# --- What is asked ---


def test_a_report_with_gaps_is_neither_sent_nor_closed(committee, campaign, first, half):
    officer, head = committee.unit_officers[0], committee.heads[0]
    report = fill_report(report_of(first, half, officer), officer, ["", *HALF[1:]])
    with pytest.raises(ServiceError, match=r"1\.1"):
        send_report(report_id=report.pk, version=report.version, actor=head)
    report = fill_report(report, officer)
    given = {"report_id": report.pk, "actor": committee.officer}
    report = send_report(report_id=report.pk, version=report.version, actor=head)
    report = accept_report(version=report.version, **given)
    report = close_report(version=report.version, **given)
    report = reopen_report(version=report.version, reason="Sai số", **given)
    report = fill_report(report, officer, ["", *HALF[1:]])
    with pytest.raises(ServiceError, match=r"1\.1"):
        close_report(version=report.version, **given)


def test_words_and_explanations_have_an_end(committee, campaign, first, half):
    officer, budget = committee.unit_officers[0], counted(campaign)[0]
    report = report_of(first, half, officer)
    part = report.parts.get(section="causes")
    with pytest.raises(ServiceError) as refused:
        save_words(report_id=report.pk, texts={part.pk: "x" * (MOST_WORDS + 1)}, actor=officer)
    assert refused.value.field == f"w{part.pk}"
    save_words(report_id=report.pk, texts={part.pk: "x" * MOST_WORDS}, actor=officer)
    given = {"report_id": report.pk, "indicator_id": budget.pk, "actor": officer}
    with pytest.raises(ServiceError) as refused:
        save_figure(entry=Entry(read(budget, "1"), explanation="x" * (MOST_EXPLANATION + 1)), **given)
    assert refused.value.field == "explanation"
    save_figure(entry=Entry(read(budget, "1"), explanation="x" * MOST_EXPLANATION), **given)


def test_a_figure_says_one_thing(committee, campaign, first, half):
    officer, budget = committee.unit_officers[0], counted(campaign)[0]
    report = report_of(first, half, officer)
    for entry in (Entry(read(budget, "1"), basis="guess"), Entry(read(budget, "0"), no_data=True)):
        with pytest.raises(ServiceError):
            save_figure(report_id=report.pk, indicator_id=budget.pk, entry=entry, actor=officer)
    assert not report.figures.exists()


def test_what_was_not_sent_before_is_not_added(committee, campaign, first, half):
    officer = committee.unit_officers[0]
    fill_report(report_of(first, half, officer), officer)
    whole = fill_report(report_of(first, rest(campaign, committee), officer), officer, ["2.400", *HALF[1:]])
    budget = next(row for row in report_sheet(whole).lines() if row.planned.indicator.code == "1.1")
    assert budget.cumulated.number == 2400


def test_evidence_is_the_units_own_for_what_is_assigned(committee, campaign, first, half):
    officer, budget = committee.unit_officers[0], counted(campaign)[0]
    third = place(campaign, committee.communes[2])
    on_paper = begin_on_behalf(participation_id=third.pk, period_id=half.pk, paper=paper(), actor=committee.officer)
    with pytest.raises(ServiceError):
        add_evidence(report_id=on_paper.pk, indicator_id=budget.pk, upload=scan(), actor=committee.officer)
    report = fill_report(report_of(first, half, officer), officer)
    given = {"report_id": report.pk, "indicator_id": budget.pk, "actor": officer}
    kept, other = (add_evidence(upload=scan(), **given) for _ in range(2))
    for stranger in (committee.unit_officers[1], committee.outsider):
        with pytest.raises(FigureAttachment.DoesNotExist):
            remove_evidence(attachment_id=kept.pk, actor=stranger)
    remove_evidence(attachment_id=other.pk, actor=officer)
    with pytest.raises(ServiceError):
        remove_evidence(attachment_id=other.pk, actor=officer)
    report.refresh_from_db()
    send_report(report_id=report.pk, version=report.version, actor=committee.heads[0])
    with pytest.raises(WrongState):
        add_evidence(upload=scan(), **given)
    assert list(FigureAttachment.objects.filter(removed_at=None)) == [kept]


# --- Periods ---


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"starts": date(2024, 6, 1), "ends": date(2024, 5, 31)}, "ends_on"),
        ({"expected_share": Decimal(101)}, "expected_share"),
    ],
)
def test_a_period_that_cannot_be_is_refused_at_its_field(committee, campaign, values, field):
    with pytest.raises(ServiceError) as refused:
        period(campaign, committee, **values)
    assert refused.value.field == field


def test_periods_of_another_campaign_are_not_there(committee, campaign, first, foreign):
    with pytest.raises(ReportingPeriod.DoesNotExist):
        start_report(participation_id=first.pk, period_id=foreign.pk, actor=committee.unit_officers[0])


def test_only_the_standing_body_gives_more_time_in_its_own_periods(committee, campaign, first, half, foreign):
    given = {"participation_id": first.pk, "due_at": end_of(date(2024, 7, 20)), "reason": "Mưa lũ"}
    for who in (committee.heads[0], committee.approver, committee.observer):
        with pytest.raises(NotAllowed):
            extend(period_id=half.pk, actor=who, **given)
    with pytest.raises(ReportingPeriod.DoesNotExist):
        extend(period_id=foreign.pk, actor=committee.officer, **given)
    assert not first.extensions.exists()


def test_the_newest_extension_counts(committee, campaign, first, half):
    for day in (date(2024, 7, 20), date(2024, 7, 15)):
        extend(participation_id=first.pk, period_id=half.pk, due_at=end_of(day), reason="Mưa lũ",
               actor=committee.officer)  # fmt: skip
    assert due_of(first, half) == end_of(date(2024, 7, 15))


def test_a_period_somebody_was_told_of_is_not_removed(committee, campaign, first, half):
    extend(participation_id=first.pk, period_id=half.pk, due_at=end_of(date(2024, 7, 20)), reason="Mưa lũ",
           actor=committee.officer)  # fmt: skip
    with pytest.raises(WrongState):
        remove_period(period_id=half.pk, actor=committee.officer)
    assert ReportingPeriod.objects.get() == half


# --- Ends ---


def test_who_does_not_join_sends_nothing_that_was_begun(committee, campaign, first, half):
    report = fill_report(report_of(first, half, committee.unit_officers[0]), committee.unit_officers[0])
    decide_joining(participation_id=first.pk, version=0, joining=False, reason="Sáp nhập", actor=committee.heads[0])
    with pytest.raises(ServiceError, match="không phải báo cáo"):
        send_report(report_id=report.pk, version=report.version, actor=committee.heads[0])


def test_a_campaign_that_does_not_run_takes_no_report(committee, campaign, first, half):
    officer, head, second = committee.unit_officers[0], committee.heads[0], place(campaign, committee.communes[1])
    report = fill_report(report_of(first, half, officer), officer)
    step = {"report_id": report.pk, "version": report.version}
    Campaign.objects.filter(pk=campaign.pk).update(state="closed")
    for attempt in (
        lambda: fill_report(report, officer, ["1", *HALF[1:]]),
        lambda: report_of(second, half, committee.unit_officers[1]),
        lambda: begin_on_behalf(participation_id=second.pk, period_id=half.pk, paper=paper(), actor=committee.officer),
        lambda: submit_to_head(actor=officer, **step),
        lambda: send_report(actor=head, **step),
        lambda: extend(participation_id=first.pk, period_id=half.pk, due_at=end_of(date(2024, 7, 20)), reason="x",
                       actor=committee.officer),
    ):  # fmt: skip
        with pytest.raises(CampaignEnded):
            attempt()
    for attempt in (
        lambda: period(campaign, committee, "Quý I"),
        lambda: edit_period(period_id=half.pk, version=half.version, name="Khác", actor=committee.officer),
        lambda: remove_period(period_id=half.pk, actor=committee.officer),
    ):
        with pytest.raises(WrongState):
            attempt()


def test_the_plan_may_ask_for_evidence_of_what_falls_short_only(committee, campaign, first):
    officer = committee.unit_officers[0]
    Indicator.objects.filter(code="1.1").update(evidence="when_short")
    report = fill_report(report_of(first, rest(campaign, committee), officer), officer, ["4.900", *HALF[1:]])
    assert not any("evidence" in row.lacks for row in report_sheet(report).lines())
    report = fill_report(report, officer, ["4.000", *HALF[1:]])
    assert [row.planned.indicator.code for row in report_sheet(report).lines() if "evidence" in row.lacks] == ["1.1"]
