"""The register of commendations and their summary, made as jobs and read back."""

from datetime import date

import pytest

from catalogue.enums import CommendationKind, Nature
from catalogue.queries import award_versions_on
from catalogue.services import load_catalogue
from core import clock
from core.jobs.enums import JobState
from tests.awards.factories import CommendationFactory, DecisionFactory
from tests.campaigns.world import build_committee
from tests.reports.test_pledge_register import ask
from tests.reports.test_running import book_of, made
from tests.units.factories import HouseholdFactory, PersonFactory
from units.enums import SubjectClass
from units.services.subjects import subject_for

pytestmark = pytest.mark.django_db
DAY = date(2024, 12, 31)


@pytest.fixture(autouse=True)
def at_the_years_end():
    with clock.on_day(DAY):
        yield


@pytest.fixture
def committee():
    load_catalogue()
    made_one = build_committee()
    for user in (made_one.officer, made_one.heads[0], made_one.outsider):
        user.working_day = DAY
        user.save()
    return made_one


@pytest.fixture
def rows(committee):
    """A title to a commune and to a worker (twice), a form to a leader and a household, one row revoked."""
    title = award_versions_on(DAY, nature=Nature.TITLE).first()
    form = award_versions_on(DAY, nature=Nature.FORM).first()
    decision = DecisionFactory(organiser=committee.district)
    commune = committee.communes[0]
    worker, leader = (subject_for(person=PersonFactory(organiser=commune)) for _n in range(2))
    household = subject_for(household=HouseholdFactory(unit=commune))

    def row(subject, award, number, **more):
        given = {"kind": CommendationKind.MERIT, "unit": commune, "printed_decision": "1632/QĐ-UBND", **more}
        return CommendationFactory(decision=decision, subject=subject, award_version=award, position=number, **given)

    direct = {"subject_class": SubjectClass.DIRECT}
    return [
        row(subject_for(unit=commune), title, 1, printed_name="Xã An Hiệp", unit=commune, achievement_year=2024),
        row(worker, title, 2, printed_name="Danh Hữu Lộc", printed_unit="UBND xã An Hiệp", bonus=1_800_000, **direct),
        row(worker, title, 3, printed_name="Danh Hữu Lộc", **direct),
        row(leader, form, 4, printed_name="Võ Thị Ngọc Diễm", subject_class=SubjectClass.LEADER_OTHER),
        row(household, form, 5, printed_name="Hộ ông Kim Sóc Sary", kind=CommendationKind.MOVEMENT),
        row(leader, form, 6, printed_name="Bị thu hồi", state="revoked", revoked_on=DAY),
    ]  # fmt: skip


def table(client, code, sheet, user, **values):
    job = made(ask(code, user, **values))
    assert job.state == JobState.SUCCEEDED, job.error_code
    return [list(row) for row in book_of(client, job)[sheet].iter_rows(values_only=True)]


def ledger(client, user, **values):
    given = {"year": 2024, "rows": "every", **values}
    return table(client, "commendation-ledger", "Sổ theo dõi khen thưởng", user, **given)


def test_the_register_holds_what_was_printed(client, committee, rows):
    found = {row[4]: row for row in reversed(ledger(client, committee.officer)) if row[2] == "1632/QĐ-UBND"}
    assert len(found) == 5
    line = found["Danh Hữu Lộc"]
    assert line[3].date() == date(2024, 12, 20)
    assert found["Xã An Hiệp"][1] == "2024"  # a year is not grouped as 2.024
    assert (line[6], line[9], line[10]) == ("UBND xã An Hiệp", 1_800_000, "Hiệu lực")
    assert [found[name][10] for name in ("Bị thu hồi", "Xã An Hiệp")] == ["Đã thu hồi", "Hiệu lực"]


def test_only_what_is_in_force_or_of_the_type_chosen(client, committee, rows):
    def names(**values):
        return [row[4] for row in ledger(client, committee.officer, **values) if row[2] == "1632/QĐ-UBND"]

    assert "Bị thu hồi" not in names(rows="in_force")
    assert names(kind="movement") == ["Hộ ông Kim Sóc Sary"]


def test_nobody_reads_rows_out_of_scope(client, committee, rows):
    from reports.registration import REPORTS  # noqa: PLC0415 -- as used

    report = REPORTS["commendation-ledger"]
    params = {"year": 2024, "unit": None, "kind": "", "rows": "every"}
    assert list(report.commendations(committee.outsider, params)) == []
    assert list(report.commendations(committee.heads[1], params)) == []
    assert list(report.commendations(committee.heads[0], params)) == rows


def test_the_summary_counts_awards_and_distinct_recipients(client, committee, rows):
    found = table(client, "award-summary", "Tổng hợp", committee.officer, year=2024, basis="decision")
    numbers = next(row for row in found if "4=6+…+10" in row)
    assert "11=9:4" in numbers
    lines = [row[3:11] for row in found if isinstance(row[0], int) and isinstance(row[2], str)]
    assert [line[:7] for line in lines] == [[3, 2, 1, 0, 0, 2, 0], [1, 1, 0, 0, 1, 0, 0], [1, 1, 0, 1, 0, 0, 0]]
    assert lines[0][7] == pytest.approx(2 / 3)


@pytest.mark.parametrize(("basis", "year", "count"), [("decision", 2024, 5), ("statistics", 2024, 0),
                                                      ("statistics", 2025, 5), ("achievement", 2024, 1)])  # fmt: skip
def test_the_three_years_are_kept_apart(committee, rows, basis, year, count):
    from reports.registration import REPORTS  # noqa: PLC0415 -- as used

    found = REPORTS["award-summary"].commendations(committee.officer, {"year": year, "basis": basis})
    assert found.count() == count
