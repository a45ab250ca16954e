"""The list of nominations, made as a job and read back: three parts, exact rows, exact scope."""

from datetime import date

import pytest

from awards.services.nomination_steps import withdraw_line
from catalogue.services import load_catalogue
from core import clock
from core.jobs.enums import JobState
from reports.registration import REPORTS
from tests.awards.nominating import DAY, begun, line, opened, sent
from tests.campaigns.world import build_committee
from tests.reports.test_pledge_register import ask
from tests.reports.test_running import book_of, made
from tests.units.factories import HouseholdFactory, PersonFactory
from units.services.subjects import subject_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    load_catalogue()
    made_one = build_committee()
    for user in (made_one.officer, *made_one.heads):
        user.working_day = DAY
        user.save()
    return made_one


@pytest.fixture
def round_(committee):
    """Two communes: the first proposes itself, a household and two persons; one person is withdrawn."""
    row = opened(committee, due_on=date(2024, 11, 30))
    first, officer = begun(committee, row, symbol="45/TTr-UBND"), committee.unit_officers[0]
    commune = committee.communes[0]
    people = [PersonFactory(name=name, organiser=commune) for name in ("Thạch Thị Sóc Kha", "Lý Văn Minh")]
    line(first, subject_for(person=people[0]), officer, honorific="Bà", merit="Hai năm hoàn thành tốt")
    line(first, subject_for(household=HouseholdFactory(unit=commune, name="Hộ ông Trần Ngọc")), officer)
    gone = line(first, subject_for(person=people[1]), officer)
    line(first, subject_for(unit=commune), officer, subject_class="administration")
    sent(first, committee.heads[0])
    gone.refresh_from_db()
    withdraw_line(nomination_id=gone.pk, version=gone.version, reason="Nhầm", actor=committee.heads[0])
    second = begun(committee, row, 1)
    line(second, subject_for(unit=committee.communes[1]), committee.unit_officers[1])
    sent(second, committee.heads[1])
    return row


def table(client, user, round_, **more):
    job = made(ask("nominations", user, round=round_.pk, **{"rows": "live", **more}))
    assert job.state == JobState.SUCCEEDED, job.error_code
    sheet = book_of(client, job)["Danh sách đề nghị khen thưởng"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if isinstance(row[0], int) or row[0] in {"I", "II", "III"}]


def test_three_parts_with_roman_numbers_each_counted_anew(client, committee, round_):
    rows = table(client, committee.officer, round_)
    assert [(row[0], row[1] if not isinstance(row[0], int) else row[2]) for row in rows] == [
        ("I", "Tập thể"), (1, "Xã An Hiệp"), (2, "Xã An Ninh"), ("II", "Hộ gia đình"), (1, "Hộ ông Trần Ngọc"),
        ("III", "Cá nhân"), (1, "Thạch Thị Sóc Kha"),
    ]  # fmt: skip
    assert (rows[6][1], rows[6][8], rows[6][9]) == ("Bà", "Hai năm hoàn thành tốt", "Đã gửi")
    assert rows[1][6] == "Cơ quan hành chính nhà nước"


def test_a_unit_reads_its_own_and_may_ask_for_the_withdrawn(client, committee, round_):
    rows = table(client, committee.heads[0], round_, rows="every")
    names = [row[2] for row in rows if isinstance(row[0], int)]
    assert names == ["Xã An Hiệp", "Hộ ông Trần Ngọc", "Thạch Thị Sóc Kha", "Lý Văn Minh"]
    assert [row[2] for row in table(client, committee.heads[1], round_) if row[0] == 1] == ["Xã An Ninh"]


def test_one_unit_may_be_chosen_and_nothing_is_said_to_be_nothing(client, committee, round_):
    rows = table(client, committee.officer, round_, unit=committee.communes[1].pk)
    assert [row[2] for row in rows if row[0] == 1] == ["Xã An Ninh"]
    report = REPORTS["nominations"]
    params = {"round": opened(committee, title="Đợt khác"), "unit": None, "rows": "live"}
    assert str(report.empty_reason(committee.officer, params))
    form = report.parameters({}, user=committee.outsider)
    assert not form.fields["round"].queryset.exists()
