"""Achievements made from results and ledger: what they say, whose they are, and that typed words stay."""

from datetime import date

import pytest
from django.urls import reverse

from awards.enums import CommendationState
from awards.models import Nomination
from awards.queries import merits
from awards.queries.merits import draft_for
from awards.services.merits import fill_merit
from awards.services.nominations import edit_line
from awards.services.prefilling import prefill_lines
from awards.services.title_registrations import register_title
from campaigns.services.figures import Entry, save_figures
from campaigns.services.report_steps import accept_report, close_report, reopen_report, send_report
from campaigns.typed import read
from catalogue.enums import Nature
from catalogue.queries import award_versions_on
from catalogue.services import load_catalogue
from core import audit, clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.awards.factories import CommendationFactory, DecisionFactory
from tests.awards.nominating import DAY, award_of, begun, line, opened, sent, values
from tests.campaigns import pledging, reporting
from tests.campaigns.world import build_committee
from tests.units.factories import PersonFactory
from units.services.subjects import subject_for

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def in_november():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    load_catalogue()
    return build_committee()


@pytest.fixture
def report(committee):
    """Half a year of the first commune, sent and not yet taken in."""
    officer, head = committee.unit_officers[0], committee.heads[0]
    with clock.on_day(date(2024, 3, 10)):
        campaign = pledging.launched(committee)
        place = pledging.place(campaign, committee.communes[0])
        pledging.sent(place, officer, head)
        period = reporting.period(campaign, committee)
    with clock.on_day(date(2024, 7, 1)):
        return reporting.sent_report(place, period, officer, head)


@pytest.fixture
def accepted(committee, report):
    return accept_report(report_id=report.pk, version=report.version, actor=committee.officer)


@pytest.fixture
def commune(committee):
    return subject_for(unit=committee.communes[0])


@pytest.fixture
def letter(committee, report):
    return begun(committee, opened(committee, campaign=report.participation.campaign))


def filled(row, actor, version=None):
    row.refresh_from_db()
    return fill_merit(nomination_id=row.pk, version=row.version if version is None else version, actor=actor)


def test_a_unit_has_a_paragraph_a_focus_area_in_vietnamese(committee, commune, letter, accepted, monkeypatch):
    draft = draft_for(commune, letter.round, committee.unit_officers[0])
    assert draft.report == accepted
    head, first, second, count = draft.text.splitlines()
    assert head == "Kết quả thực hiện “Phong trào 2024” đến ngày 30/06/2024 (6 tháng):"
    budget, health, poverty, _letters = first.split("; ")
    assert budget.endswith(". Thu ngân sách: kế hoạch 4.850,0 triệu đồng, đăng ký 5.000,0 triệu đồng, "
                           "thực hiện 2.500,0 triệu đồng (đạt 51,5% kế hoạch)")  # fmt: skip
    assert health == ("Tham gia bảo hiểm y tế: kế hoạch 95%, đăng ký 96,01%, thực hiện 96,01% "
                      "(đạt 101,1% kế hoạch)")  # fmt: skip
    assert "Hộ nghèo" in poverty
    assert second.startswith("2. ")
    assert "Xong quy hoạch: kế hoạch 30/09/2024, đăng ký 15/09/2024, thực hiện 15/05/2024" in second
    assert "Hưởng ứng" not in draft.text  # nothing is entered for it
    assert count == "Trong 1 chỉ tiêu được đánh giá: 1 đạt."  # the day came early
    monkeypatch.setattr(merits, "LONGEST", 200)
    short = draft_for(commune, letter.round, committee.unit_officers[0]).text.splitlines()
    assert short == [head, "1. Phát triển kinh tế. Chưa có chỉ tiêu nào đến hạn đánh giá.",
                     f"{second.partition('. Xong')[0]}. {count}", count]  # fmt: skip


def test_verdicts_are_told_from_the_day_they_fall_due(committee, commune, letter, report):
    campaign, place = report.participation.campaign, report.participation
    with clock.on_day(date(2024, 7, 2)):
        whole = reporting.rest(campaign, committee)
    with clock.on_day(date(2024, 12, 1)):
        officer, head = committee.unit_officers[0], committee.heads[0]
        late = reporting.fill_report(reporting.report_of(place, whole, officer), officer,
                                     ["5.600", "9.851/10.260", None, "0", "15/05/2024", "yes", "Học"])  # fmt: skip
        poverty = pledging.counted(campaign)[2]
        entry = Entry(read(poverty, "3,4"), explanation="Bão số 3")
        late = save_figures(report_id=late.pk, entries={poverty.pk: entry}, actor=officer).report
        late = send_report(report_id=late.pk, version=late.version, actor=head)
        accept_report(report_id=late.pk, version=late.version, actor=committee.officer)
        draft = draft_for(commune, letter.round, committee.unit_officers[0])
    assert "(Cả năm)" in draft.text
    assert "Hộ nghèo: kế hoạch 3%, đăng ký 2,8%, thực hiện 3,4% (đạt 88,2% kế hoạch, chưa đạt" in draft.text
    assert draft.text.splitlines()[-1] == "Trong 6 chỉ tiêu được đánh giá: 2 vượt, 3 đạt, 1 chưa đạt."


def test_figures_count_while_they_are_taken_in_and_for_their_own_unit(committee, commune, letter, report):
    officer, actor = committee.unit_officers[0], committee.officer

    def told():
        return bool(draft_for(commune, letter.round, officer).text)

    assert not told()
    report = accept_report(report_id=report.pk, version=report.version, actor=actor)
    assert told()
    report = close_report(report_id=report.pk, version=report.version, actor=actor)
    assert told()
    assert not draft_for(commune, opened(committee), officer).text  # a round without campaign
    assert not draft_for(subject_for(unit=committee.communes[2]), letter.round, actor).text
    assert not draft_for(commune, letter.round, committee.heads[1]).text  # another unit reads none of it
    reopen_report(report_id=report.pk, version=report.version, reason="Sửa số", actor=actor)
    assert not told()


def test_awards_in_force_are_told_in_one_line_newest_first(committee, commune, letter, monkeypatch):
    decision = DecisionFactory(organiser=committee.district)
    given = {"decision": decision, "subject": commune, "unit": committee.communes[0],
             "award_version": award_of(commune)}  # fmt: skip
    CommendationFactory(**given, printed_award="Giấy khen", printed_decision="12/QĐ-UBND", achievement_year=2022,
                        awarded_on=date(2023, 1, 5))  # fmt: skip
    CommendationFactory(**given, printed_award="Cờ thi đua", awarded_on=date(2024, 2, 1))
    CommendationFactory(**given, printed_award="Thu hồi", state=CommendationState.REVOKED, revoked_on=DAY)
    officer = committee.unit_officers[0]
    draft = draft_for(commune, letter.round, officer)
    assert draft.text == ("Đã được khen thưởng: Cờ thi đua (01/02/2024); 2022: Giấy khen (Quyết định số 12/QĐ-UBND "
                          "ngày 05/01/2023).")  # fmt: skip
    assert draft.report is None
    monkeypatch.setattr(merits, "MOST_AWARDS", 1)
    assert draft_for(commune, letter.round, officer).text.endswith("; 1 lần khen thưởng trước đó.")
    assert draft_for(commune, letter.round, committee.heads[1]).text == ""


def test_a_registered_title_of_the_unit_comes_with_its_results(committee, commune, letter, accepted):
    officer = committee.unit_officers[0]
    award = next(row.type for row in award_versions_on(DAY, subject_kind="unit", nature=Nature.TITLE))
    row = register_title(unit=committee.communes[0], year=2024, subject=commune, award_type=award, actor=officer)
    made = prefill_lines(submission_id=letter.pk, registration_ids=[row.pk], actor=officer)[0]
    assert made.merit.startswith("Kết quả thực hiện")
    assert made.is_merit_as_drafted
    assert (made.merit_source, made.merit_drafted_at.astimezone(clock.ZONE).date()) == (accepted, DAY)


def test_words_typed_are_never_written_over(committee, commune, letter, accepted):
    officer = committee.unit_officers[0]
    row = line(letter, commune, officer, merit="Lời của đơn vị")
    assert not row.is_merit_drafted
    row = filled(row, officer)
    own, *rest = row.merit.splitlines()
    assert (own, rest[0][:8]) == ("Lời của đơn vị", "Kết quả ")
    assert row.is_merit_drafted
    assert not row.is_merit_as_drafted
    kept = row.merit
    with pytest.raises(ServiceError):
        filled(row, officer)
    row.refresh_from_db()
    assert row.merit == kept
    assert audit.entries_for(row)[0].action == "nomination.filled"


def test_a_text_as_it_was_made_is_made_anew(committee, commune, letter, accepted):
    officer = committee.unit_officers[0]
    row = filled(line(letter, commune, officer), officer)
    before = row.merit
    CommendationFactory(decision=DecisionFactory(organiser=committee.district), subject=commune,
                        unit=committee.communes[0], award_version=award_of(commune))  # fmt: skip
    row = filled(row, officer)
    assert row.merit.startswith(before)
    assert "Đã được khen thưởng" in row.merit
    changed = edit_line(nomination_id=row.pk, version=row.version, values=values(commune, merit="Viết lại"),
                        actor=officer)  # fmt: skip
    assert not changed.is_merit_drafted


def test_who_does_not_write_the_line_fills_nothing(committee, commune, letter, accepted):
    officer = committee.unit_officers[0]
    row = line(letter, commune, officer)
    with pytest.raises(MovedOn):
        filled(row, officer, version=7)
    with pytest.raises(ServiceError):  # nothing on record
        filled(line(letter, subject_for(person=PersonFactory(organiser=committee.communes[0])), officer), officer)
    sent(letter, committee.heads[0])
    row.refresh_from_db()
    with pytest.raises(WrongState):
        filled(row, officer)
    with pytest.raises((NotAllowed, WrongState)):
        filled(row, committee.officer)


@pytest.fixture
def as_user(client):
    def sign_in(user):
        user.working_day = DAY
        user.save()
        client.force_login(user)
        return client

    return sign_in


def test_the_unit_itself_is_proposed_with_its_results_by_a_press(committee, commune, letter, accepted, as_user):
    client = as_user(committee.unit_officers[0])
    detail = reverse("awards:submission_detail", args=[letter.pk])
    address = f"{reverse('awards:nomination_create', args=[letter.pk])}?subject=unit%3A{committee.communes[0].pk}"
    assert address in client.get(detail).content.decode()
    form = client.get(address).context["form"]
    text = form["merit"].value()
    assert text.startswith("Kết quả thực hiện")
    given = {"award_version": award_of(commune).pk, "printed_name": "Xã An Hiệp", "achievement_year": "2024",
             "merit": text.replace("\n", "\r\n") + "\r\nThêm một câu."}  # fmt: skip
    assert client.post(address, given).status_code == 302
    row = Nomination.objects.get()
    assert (row.merit_source, row.is_merit_drafted, row.is_merit_as_drafted) == (accepted, True, False)
    assert address not in client.get(detail).content.decode()
    page = client.get(reverse("awards:nomination_detail", args=[row.pk])).content.decode()
    assert "Lập từ số liệu đã tiếp nhận của kỳ 6 tháng" in page
    assert reverse("campaigns:report_detail", args=[accepted.pk]) in page
    empty = line(letter, commune, committee.unit_officers[0], place=1)
    fill = reverse("awards:nomination_fill", args=[empty.pk])
    assert fill in client.get(reverse("awards:nomination_detail", args=[empty.pk])).content.decode()
    assert client.post(fill, {"version": empty.version}).status_code == 302
    empty.refresh_from_db()
    assert empty.is_merit_as_drafted
