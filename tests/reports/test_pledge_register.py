"""The register of pledges, made as a job and read back: exact figures, exact rows, rights of the moment."""

from datetime import date

import pytest
from django.utils.datastructures import MultiValueDict

from campaigns.services.participations import decide_joining
from campaigns.services.pledge_steps import accept_pledge
from catalogue.enums import Nature
from catalogue.queries import award_versions_on
from catalogue.services import load_catalogue
from core import clock
from core.jobs.enums import JobState
from reports.registration import REPORTS
from reports.services import request_report
from tests.campaigns.pledging import GOOD, fill, launched, paper, place, sent
from tests.campaigns.world import build_committee
from tests.reports.test_running import book_of, made
from tests.units.factories import PersonFactory
from units.services.subjects import subject_for

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 10)


@pytest.fixture(autouse=True)
def in_march():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    made_one = build_committee()
    for user in (made_one.officer, made_one.observer, made_one.heads[0], made_one.heads[1]):
        user.working_day = DAY
        user.save()
    return made_one


@pytest.fixture
def campaign(committee):
    return launched(committee)


def ask(code, user, **values):
    report = REPORTS[code]
    form = report.parameters(MultiValueDict({k: [str(v)] for k, v in values.items()}), user=user)
    assert form.is_valid(), form.errors
    return request_report(report=report, form=form, actor=user)[0]


def register(client, campaign, user, pledges="all"):
    job = made(ask("pledge-register", user, campaign=campaign.pk, pledges=pledges))
    assert job.state == JobState.SUCCEEDED, job.error_code
    sheet = book_of(client, job)["Tổng hợp đăng ký thi đua"]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def units_in(rows):
    return {row[1]: row for row in rows if isinstance(row[0], int)}


def test_the_register_holds_targets_and_pledges_exactly(client, committee, campaign):
    first, second, _third = (place(campaign, commune) for commune in committee.communes)
    pledge = sent(first, committee.unit_officers[0], committee.heads[0], ["4.800,5", *GOOD[1:]])
    accept_pledge(pledge_id=pledge.pk, version=pledge.version, note="Chấp nhận", actor=committee.officer)
    fill(second, committee.unit_officers[1])
    rows = register(client, campaign, committee.officer)
    found = units_in(rows)
    assert list(found) == ["Xã An Hiệp", "Xã An Ninh", "Xã Phú Tân"]
    line = found["Xã An Hiệp"]
    assert line[2].date() == DAY
    assert line[3] == "Đã duyệt"
    assert line[4:6] == [4850, 4800.5]
    assert line[6:8] == [95, pytest.approx(96.0136, abs=0)]
    assert line[8:10] == [3, 2.8]
    assert line[10:12] == [0, 0]
    assert [cell.date() for cell in line[12:14]] == [date(2024, 9, 30), date(2024, 9, 15)]
    assert line[14:16] == [None, "Có"]
    assert line[16:18] == [None, "Học và làm theo"]
    heads = [cell for row in rows for cell in row if isinstance(cell, str) and cell.startswith("1.1.")]
    assert heads == ["1.1. Thu ngân sách (triệu đồng)"]


def test_a_draft_is_not_in_the_committees_register_and_not_assigned_is_not_zero(client, committee, campaign):
    fill(place(campaign, committee.communes[1]), committee.unit_officers[1])
    found = units_in(register(client, campaign, committee.officer))
    assert found["Xã An Ninh"][2:6] == [None, "Chưa gửi", 4850, None]
    assert found["Xã Phú Tân"][4:6] == ["Không giao", None]
    own = units_in(register(client, campaign, committee.heads[1]))
    assert list(own) == ["Xã An Ninh"]
    assert own["Xã An Ninh"][3:6] == ["Bản nháp", 4850, 5000]


def test_only_what_was_chosen_and_none_that_does_not_join(client, committee, campaign):
    sent(place(campaign, committee.communes[0]), committee.unit_officers[0], committee.heads[0])
    third = place(campaign, committee.communes[2])
    decide_joining(participation_id=third.pk, version=0, joining=False, reason="Bận", paper=paper(),
                   actor=committee.officer)  # fmt: skip
    assert list(units_in(register(client, campaign, committee.officer))) == ["Xã An Hiệp", "Xã An Ninh"]
    assert list(units_in(register(client, campaign, committee.officer, "sent"))) == ["Xã An Hiệp"]
    form = REPORTS["pledge-register"].parameters(
        MultiValueDict({"campaign": [str(campaign.pk)], "pledges": ["accepted"]}), user=committee.officer
    )
    assert form.is_valid()
    assert REPORTS["pledge-register"].empty_reason(committee.officer, form.cleaned_data)


@pytest.mark.parametrize(("who", "expected"), [
    ("observer", {"Xã An Hiệp", "Xã An Ninh", "Xã Phú Tân"}), ("head", {"Xã An Hiệp"}),
])  # fmt: skip
def test_the_owner_sees_the_units_in_scope(client, committee, campaign, who, expected):
    user = committee.heads[0] if who == "head" else committee.observer
    assert set(units_in(register(client, campaign, user))) == expected


def test_an_outsider_cannot_choose_the_campaign(committee, campaign):
    form = REPORTS["pledge-register"].parameters(
        MultiValueDict({"campaign": [str(campaign.pk)], "pledges": ["all"]}), user=committee.outsider
    )
    assert "campaign" in form.errors


# --- Titles ---


@pytest.fixture
def registered(committee):
    from awards.services.title_registrations import register_title, withdraw_registration  # noqa: PLC0415 -- as used

    load_catalogue()
    award = award_versions_on(DAY, subject_kind="person", nature=Nature.TITLE)[0].type
    for commune, officer, names in (
        (committee.communes[0], committee.unit_officers[0], ["Thạch Thị Sóc Kha", "Lý Văn Rươl"]),
        (committee.communes[1], committee.unit_officers[1], ["Trần Văn Đức"]),
    ):
        for name in names:
            person = subject_for(person=PersonFactory(name=name, organiser=commune))
            row = register_title(unit=commune, year=2024, subject=person, award_type=award, actor=officer,
                                 initiative=f"Sáng kiến {name}")  # fmt: skip
    withdraw_registration(registration_id=row.pk, version=0, reason="Chuyển đi", actor=committee.unit_officers[1])
    return award


def titles(client, user, rows="live"):
    job = made(ask("title-register", user, year=2024, rows=rows))
    assert job.state == JobState.SUCCEEDED, job.error_code
    sheet = book_of(client, job)["Đăng ký danh hiệu"]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_register_of_titles_names_each_with_its_initiative(client, committee, registered):
    rows = [row for row in titles(client, committee.officer, "every") if isinstance(row[0], int)]
    assert [(row[1], row[4], row[5].date(), row[6]) for row in rows] == [
        ("Thạch Thị Sóc Kha", "Sáng kiến Thạch Thị Sóc Kha", DAY, None),
        ("Lý Văn Rươl", "Sáng kiến Lý Văn Rươl", DAY, None),
        ("Trần Văn Đức", "Sáng kiến Trần Văn Đức", DAY, "Đã rút: Chuyển đi"),
    ]
    live = [row[1] for row in titles(client, committee.officer) if isinstance(row[0], int)]
    assert live == ["Thạch Thị Sóc Kha", "Lý Văn Rươl"]
    own = [row[1] for row in titles(client, committee.heads[0]) if isinstance(row[0], int)]
    assert own == ["Thạch Thị Sóc Kha", "Lý Văn Rươl"]


def test_groups_are_headed_by_their_unit(client, committee, registered):
    cells = [cell for row in titles(client, committee.officer, "every") for cell in row if isinstance(cell, str)]
    assert cells.index("Xã An Hiệp") < cells.index("Thạch Thị Sóc Kha") < cells.index("Xã An Ninh")


def test_the_pledge_register_counts_the_titles(client, committee, campaign, registered):
    found = units_in(register(client, campaign, committee.officer))
    assert found["Xã An Hiệp"][-1].endswith(": 2")
    assert found["Xã An Ninh"][-1] is None
