"""Reports as records: periods, figures with verdict and history, the way to the standing body and back."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from campaigns.enums import Basis, Demand, ParticipationState, ReportState, Verdict
from campaigns.models import Figure, FigureChange, Indicator, ProgressReport, ReportingPeriod
from campaigns.queries.progress import report_sheet, stamp_of
from campaigns.services.evidence import add_evidence, remove_evidence
from campaigns.services.extensions import extend
from campaigns.services.figures import Entry, save_figure, save_figures
from campaigns.services.lines import LineMovedOn
from campaigns.services.participations import decide_joining
from campaigns.services.periods import create_period, edit_period, end_of, remove_period
from campaigns.services.progress_reports import PartMovedOn, begin_on_behalf, save_words, start_report
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
from core import audit, clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from core.notices.models import Notice
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


def line(report, code):
    return next(row for row in report_sheet(report).lines() if row.planned.indicator.code == code)


def told(code):
    return sorted(Notice.objects.filter(code=code).values_list("recipient__username", flat=True))


def latest(subject):
    return audit.entries_for(subject)[0].action


# --- Periods ---


def test_a_period_is_made_changed_and_removed_until_it_is_used(committee, campaign, first, half):
    with pytest.raises(ServiceError, match="tên này"):
        period(campaign, committee)
    with pytest.raises(ServiceError, match="không trước ngày đầu"):
        period(campaign, committee, "Ngược", date(2024, 6, 1), date(2024, 5, 1))
    edit_period(period_id=half.pk, version=0, actor=committee.officer, ends_on=date(2024, 6, 20))
    with pytest.raises(MovedOn):
        edit_period(period_id=half.pk, version=0, actor=committee.officer, name="Khác")
    report_of(first, half, committee.unit_officers[0])
    with pytest.raises(WrongState):
        edit_period(period_id=half.pk, version=1, actor=committee.officer, ends_on=date(2024, 6, 30))
    edit_period(period_id=half.pk, version=1, actor=committee.officer, due_at=end_of(date(2024, 7, 9)))
    with pytest.raises(WrongState):
        remove_period(period_id=half.pk, actor=committee.officer)
    unused = rest(campaign, committee)
    remove_period(period_id=unused.pk, actor=committee.officer)
    assert [p.name for p in ReportingPeriod.objects.all()] == ["6 tháng"]


def test_only_the_standing_body_sets_periods(committee, campaign, half):
    given = {"name": "X", "starts_on": date(2024, 1, 1), "ends_on": date(2024, 3, 31),
             "due_at": end_of(date(2024, 4, 1))}  # fmt: skip
    for actor in (committee.unit_officers[0], committee.heads[0]):
        with pytest.raises(NotAllowed):
            create_period(campaign_id=campaign.pk, actor=actor, **given)
    with pytest.raises(campaign.DoesNotExist):
        create_period(campaign_id=campaign.pk, actor=committee.outsider, **given)


def test_an_extension_moves_the_deadline_of_one_unit(committee, campaign, first, half):
    with pytest.raises(ServiceError, match="Nêu lý do"):
        extend(participation_id=first.pk, period_id=half.pk, due_at=end_of(date(2024, 7, 20)), reason=" ",
               actor=committee.officer)  # fmt: skip
    with pytest.raises(ServiceError, match="sau hạn của kỳ"):
        extend(participation_id=first.pk, period_id=half.pk, due_at=half.due_at, reason="Mưa lũ",
               actor=committee.officer)  # fmt: skip
    extend(participation_id=first.pk, period_id=half.pk, due_at=end_of(date(2024, 7, 20)), reason="Mưa lũ",
           actor=committee.officer)  # fmt: skip
    assert told("report_extended") == ["phu.trach.1", "thu.truong.1"]
    second = place(campaign, committee.communes[1])
    with clock.on_day(date(2024, 7, 12)):
        in_time = sent_report(first, half, committee.unit_officers[0], committee.heads[0])
        late = sent_report(second, half, committee.unit_officers[1], committee.heads[1])
    assert (in_time.late, late.late) == (False, True)
    assert in_time.due_at_then == end_of(date(2024, 7, 20))


# --- Figures ---


def test_figures_are_judged_at_once_and_blank_is_not_zero(committee, campaign, first, half):
    report = report_of(first, half, committee.unit_officers[0])
    assert report.parts.count() == 6 + 4
    fill_report(report, committee.unit_officers[0], ["2.500", "9.851/10.260", "", "0", "", "no", ""])
    figures = {f.indicator.code: f for f in Figure.objects.select_related("indicator")}
    assert sorted(figures) == ["1.1", "1.2", "1.4", "2.2"]
    assert (figures["1.2"].numerator, figures["1.2"].denominator, figures["1.2"].number) == (9851, 10260, None)
    row = line(report, "1.1")
    assert (row.judgement.ratio, row.verdict) == (Fraction(2500, 4850), Verdict.NO_VERDICT)
    assert figures["1.4"].number == 0
    assert line(report, "1.3").verdict == Verdict.NOT_REPORTED
    assert [row.planned.indicator.code for row in report_sheet(report).missing] == ["1.3", "2.1", "2.3"]


def test_with_an_expected_share_it_is_on_schedule_or_behind(committee, campaign, first):
    half = period(campaign, committee, expected_share=Decimal(50))
    report = report_of(first, half, committee.unit_officers[0])
    fill_report(report, committee.unit_officers[0], ["2.425", *HALF[1:]])
    assert Figure.objects.get(indicator__code="1.1").verdict == Verdict.ON_TRACK
    fill_report(report, committee.unit_officers[0], ["2.424,9", *HALF[1:]])
    assert Figure.objects.get(indicator__code="1.1").verdict == Verdict.BEHIND


def test_the_second_half_adds_to_the_first_and_is_judged_together(committee, campaign, first, half):
    officer = committee.unit_officers[0]
    sent_report(first, half, officer, committee.heads[0])
    whole = report_of(first, rest(campaign, committee), officer)
    fill_report(whole, officer, ["2.400", "500/1.000", "2,8", "0", "15/05/2024", "yes", "Học"])
    row = line(whole, "1.1")
    assert (row.previous.number, row.cumulated.number, row.verdict) == (2500, 4900, Verdict.EXCEEDED)
    assert line(whole, "1.2").cumulated.parts == (10351, 11260)
    assert line(whole, "1.2").verdict == Verdict.NOT_MET
    stored = Figure.objects.get(report=whole, indicator__code="1.2")
    assert stored.verdict == Verdict.NOT_MET
    assert stored.target.low == 95


def test_a_later_report_is_judged_anew_when_an_earlier_figure_is_corrected(committee, campaign, first, half):
    officer, standing = committee.unit_officers[0], committee.officer
    earlier = sent_report(first, half, officer, committee.heads[0])
    whole = report_of(first, rest(campaign, committee), officer)
    fill_report(whole, officer, ["2.400", *HALF[1:]])
    stored = Figure.objects.get(report=whole, indicator__code="1.1")
    assert stored.verdict == Verdict.EXCEEDED
    back = return_report(report_id=earlier.pk, version=earlier.version, reason="Số liệu sai", actor=standing)
    fill_report(back, officer, ["1.000", *[None] * 6])
    stored.refresh_from_db()
    assert stored.verdict == Verdict.NOT_MET


def test_a_quarter_inside_a_half_year_is_not_counted_twice(committee, campaign, first, half):
    officer = committee.unit_officers[0]
    quarter = period(campaign, committee, "Quý I", date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 5))
    sent_report(first, quarter, officer, committee.heads[0], ["1.000", *HALF[1:]])
    sent_report(first, half, officer, committee.heads[0])
    whole = report_of(first, rest(campaign, committee), officer)
    assert line(whole, "1.1").previous.number == 2500


def test_an_estimate_counts_until_there_is_an_official_figure(committee, campaign, first, half):
    officer = committee.unit_officers[0]
    report = report_of(first, half, officer)
    budget = counted(campaign)[0]

    def save(text, basis):
        save_figure(report_id=report.pk, indicator_id=budget.pk, actor=officer,
                    entry=Entry(read(budget, text), basis=basis))  # fmt: skip
        return line(report, "1.1").figure

    assert save("2.400", Basis.ESTIMATE).number == 2400
    official = save("2.500", Basis.OFFICIAL)
    assert (official.basis, official.number) == (Basis.OFFICIAL, 2500)
    assert line(report, "1.1").estimate.number == 2400
    back = save("2.450", Basis.ESTIMATE)
    assert (back.basis, back.number) == (Basis.ESTIMATE, 2450)
    assert FigureChange.objects.count() == 4


def test_no_data_is_said_with_an_explanation(committee, campaign, first, half):
    officer = committee.unit_officers[0]
    report = fill_report(report_of(first, half, officer), officer, [None, *HALF[1:]])
    budget = counted(campaign)[0]
    save_figure(report_id=report.pk, indicator_id=budget.pk, actor=officer, entry=Entry(no_data=True))
    report.refresh_from_db()
    with pytest.raises(ServiceError, match=r"Thiếu giải trình: 1\.1"):
        submit_to_head(report_id=report.pk, version=report.version, actor=officer)
    save_figure(report_id=report.pk, indicator_id=budget.pk, actor=officer,
                entry=Entry(no_data=True, explanation="Kho bạc chưa đối chiếu"))  # fmt: skip
    report.refresh_from_db()
    submit_to_head(report_id=report.pk, version=report.version, actor=officer)


def test_explanation_and_evidence_are_asked_where_the_plan_asks(committee, campaign, first):
    officer = committee.unit_officers[0]
    Indicator.objects.filter(code="1.1").update(evidence=Demand.ALWAYS)
    report = report_of(first, rest(campaign, committee), officer)
    report = fill_report(report, officer, ["4.000", *HALF[1:]])
    with pytest.raises(ServiceError) as refused:
        submit_to_head(report_id=report.pk, version=report.version, actor=officer)
    assert str(refused.value) == "Thiếu giải trình: 1.1. Thiếu minh chứng: 1.1."
    budget = counted(campaign)[0]
    save_figure(report_id=report.pk, indicator_id=budget.pk, actor=officer,
                entry=Entry(read(budget, "4.000"), explanation="Nguồn thu giảm"))  # fmt: skip
    kept = add_evidence(report_id=report.pk, indicator_id=budget.pk, upload=scan(), actor=officer)
    report.refresh_from_db()
    submit_to_head(report_id=report.pk, version=report.version, actor=officer)
    with pytest.raises(WrongState):
        remove_evidence(attachment_id=kept.pk, actor=officer)
    remove_evidence(attachment_id=kept.pk, actor=committee.heads[0])
    assert line(report, "1.1").lacks == ["evidence"]


def test_a_line_that_others_changed_is_not_written_over(committee, campaign, first, half):
    officer = committee.unit_officers[0]
    report = report_of(first, half, officer)
    budget = counted(campaign)[0]
    seen = stamp_of(None)
    save_figure(report_id=report.pk, indicator_id=budget.pk, actor=committee.heads[0],
                entry=Entry(read(budget, "1.000"), stamp=seen))  # fmt: skip
    with pytest.raises(LineMovedOn) as refused:
        save_figure(report_id=report.pk, indicator_id=budget.pk, actor=officer,
                    entry=Entry(read(budget, "2.000"), stamp=seen))  # fmt: skip
    assert refused.value.line.number == 1000


def test_a_line_not_assigned_is_refused_and_the_others_are_kept(committee, campaign, half):
    third = place(campaign, committee.communes[2])
    report = begin_on_behalf(participation_id=third.pk, period_id=half.pk, paper=paper(), actor=committee.officer)
    budget, insured = counted(campaign)[:2]
    outcome = save_figures(
        report_id=report.pk, actor=committee.officer,
        entries={budget.pk: Entry(read(budget, "1")), insured.pk: Entry(read(insured, "95"))},
    )  # fmt: skip
    assert (list(outcome.refused), outcome.saved) == ([budget.pk], 1)


# --- Words ---


def test_words_are_kept_by_part_and_not_written_over(committee, campaign, first, half):
    officer = committee.unit_officers[0]
    report = report_of(first, half, officer)
    part = report.parts.get(section="shortcomings")
    save_words(report_id=report.pk, texts={part.pk: "Còn chậm"}, seen={part.pk: ""}, actor=officer)
    with pytest.raises(PartMovedOn):
        save_words(report_id=report.pk, texts={part.pk: "Khác"}, seen={part.pk: ""}, actor=committee.heads[0])
    part.refresh_from_db()
    assert part.text == "Còn chậm"


# --- Steps ---


def test_a_report_goes_to_the_head_is_sent_accepted_closed_and_reopened(committee, campaign, first, half):
    officer, head = committee.unit_officers[0], committee.heads[0]
    report = fill_report(report_of(first, half, officer), officer)
    submit_to_head(report_id=report.pk, version=report.version, actor=officer)
    assert told("report_with_head") == ["thu.truong.1"]
    with pytest.raises(WrongState):
        fill_report(report, officer)
    report = take_back(report_id=report.pk, version=report.version + 1, actor=officer)
    with pytest.raises(NotAllowed):
        send_report(report_id=report.pk, version=report.version, actor=officer)
    report = send_report(report_id=report.pk, version=report.version, actor=head)
    first.refresh_from_db()
    assert (report.state, report.late, first.state) == (ReportState.SENT, False, ParticipationState.JOINED)
    assert told("report_sent") == ["thuong.truc"]
    with pytest.raises(NotAllowed):
        accept_report(report_id=report.pk, version=report.version, actor=head)
    report = accept_report(report_id=report.pk, version=report.version, actor=committee.officer)
    report = close_report(report_id=report.pk, version=report.version, actor=committee.officer)
    with pytest.raises(WrongState):
        fill_report(report, officer)
    with pytest.raises(ServiceError, match="vì sao mở lại"):
        reopen_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="")
    report = reopen_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="Sai số")
    report = fill_report(report, officer, ["2.600", *HALF[1:]])
    change = FigureChange.objects.order_by("-pk").first()
    assert (change.before["number"], change.after["number"], change.reason) == ("2500", "2600", "Sai số")
    report = close_report(report_id=report.pk, version=report.version, actor=committee.officer)
    assert (report.state, latest(report)) == (ReportState.CLOSED, "report.closed")


def test_named_parts_are_returned_and_cleared_when_it_is_sent_again(committee, campaign, first, half):
    officer, head = committee.unit_officers[0], committee.heads[0]
    report = sent_report(first, half, officer, head)
    part, figure = report.parts.get(section="causes"), report.figures.get(indicator__code="1.1")
    other = sent_report(place(campaign, committee.communes[1]), half, committee.unit_officers[1], committee.heads[1])
    with pytest.raises(ServiceError, match="không thuộc báo cáo này"):
        return_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="Sửa",
                      figures={other.figures.first().pk: ""})  # fmt: skip
    with pytest.raises(ServiceError, match="cần sửa"):
        return_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="")
    report = return_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="Sửa",
                           parts={part.pk: "Nêu rõ"}, figures={figure.pk: "Đối chiếu kho bạc"})  # fmt: skip
    figure.refresh_from_db()
    assert (figure.returned, figure.return_note, report.return_count) == (True, "Đối chiếu kho bạc", 1)
    with clock.on_day(date(2024, 8, 1)):
        report = send_report(report_id=report.pk, version=report.version, actor=head)
    figure.refresh_from_db()
    assert (figure.returned, report.late) == (False, False)


def test_a_paper_report_is_named_by_its_paper_and_the_unit_is_told(committee, campaign, first, half):
    with pytest.raises(NotAllowed):
        begin_on_behalf(participation_id=first.pk, period_id=half.pk, paper=paper(), actor=committee.heads[0])
    report = begin_on_behalf(participation_id=first.pk, period_id=half.pk, paper=paper(), actor=committee.officer)
    report = fill_report(report, committee.officer)
    report = send_report(report_id=report.pk, version=report.version, actor=committee.officer)
    first.refresh_from_db()
    assert (report.on_behalf, first.state, first.on_behalf) == (True, ParticipationState.JOINED, True)
    assert told("report_entered_on_behalf") == ["phu.trach.1", "thu.truong.1"]


def test_a_unit_that_does_not_join_reports_nothing(committee, campaign, first, half):
    decide_joining(participation_id=first.pk, version=0, joining=False, reason="Sáp nhập", actor=committee.heads[0])
    with pytest.raises(ServiceError, match="không tham gia"):
        start_report(participation_id=first.pk, period_id=half.pk, actor=committee.unit_officers[0])


def test_others_do_not_find_what_a_unit_keeps_to_itself(committee, campaign, first, half):
    report = fill_report(report_of(first, half, committee.unit_officers[0]), committee.unit_officers[0])
    for stranger in (committee.officer, committee.unit_officers[1], committee.outsider):
        assert list(ProgressReport.objects.visible_to(stranger)) == []
        assert list(Figure.objects.visible_to(stranger)) == []
    send_report(report_id=report.pk, version=report.version, actor=committee.heads[0])
    assert list(ProgressReport.objects.visible_to(committee.officer)) == [report]
    assert list(ProgressReport.objects.visible_to(committee.outsider)) == []
