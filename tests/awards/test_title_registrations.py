"""Title registrations: by name and title, by the unit or from its paper, changed and withdrawn with a reason."""

from datetime import date

import pytest
from django.urls import reverse

from awards.enums import RegistrationState
from awards.models import TitleRegistration
from awards.services.title_registrations import (
    Line,
    LineRefused,
    change_registration,
    committee_of,
    register_title,
    register_titles,
    withdraw_registration,
)
from campaigns.services.papers import Paper
from catalogue.enums import Nature
from catalogue.queries import award_versions_on
from catalogue.services import load_catalogue
from core import audit, clock
from core.errors import MovedOn, NotAllowed, ServiceError, WrongState
from tests.campaigns.pledging import paper, scan
from tests.campaigns.world import build_committee
from tests.units.factories import HouseholdFactory, PersonFactory
from units.models import Subject
from units.services.subjects import subject_for

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def in_march():
    with clock.on_day(date(2024, 3, 10)):
        yield


@pytest.fixture
def committee():
    load_catalogue()
    return build_committee()


@pytest.fixture
def person(committee):
    return subject_for(person=PersonFactory(name="Thạch Thị Sóc Kha", organiser=committee.communes[0]))


def titles(kind):
    """Titles for a kind of recipient, in the catalogue's order."""
    return [row.type for row in award_versions_on(date(2024, 3, 10), subject_kind=kind, nature=Nature.TITLE)]


def register(committee, subject, award, actor=None, unit=None, **more):
    return register_title(
        unit=unit or committee.communes[0], year=2024, subject=subject, award_type=award,
        actor=actor or committee.unit_officers[0], **more,
    )  # fmt: skip


def test_a_title_is_registered_by_name_with_its_initiative(committee, person):
    award = titles("person")[0]
    row = register(committee, person, award, initiative="Số hóa sổ hộ tịch")
    assert (row.printed_name, row.initiative, row.organiser, row.state) == (
        str(person), "Số hóa sổ hộ tịch", committee.district, RegistrationState.REGISTERED,
    )  # fmt: skip
    assert (row.registered_on, row.award_version.type, row.on_behalf) == (date(2024, 3, 10), award, False)
    assert audit.entries_for(row)[0].action == "title_registration.registered"


def test_a_unit_registers_itself_and_its_households(committee):
    commune = committee.communes[0]
    household = subject_for(household=HouseholdFactory(unit=commune))
    rows = register_titles(
        unit=commune, year=2024, actor=committee.heads[0],
        lines=[Line(subject_for(unit=commune), titles("unit")[0]), Line(household, titles("household")[0])],
    )  # fmt: skip
    assert [row.subject.kind for row in rows] == ["unit", "household"]
    assert rows[0].printed_name == "Xã An Hiệp"


def test_several_lines_are_registered_all_or_none(committee, person):
    award, wrong = titles("person")[0], titles("unit")[-1]
    assert wrong not in titles("person")
    with pytest.raises(LineRefused) as refused:
        register_titles(unit=committee.communes[0], year=2024, actor=committee.unit_officers[0],
                        lines=[Line(person, award), Line(person, wrong)])  # fmt: skip
    assert (refused.value.number, refused.value.field) == (2, "award_2")
    assert not TitleRegistration.objects.exists()


def test_the_same_title_stands_once_a_year_until_it_is_withdrawn(committee, person):
    award = titles("person")[0]
    row = register(committee, person, award)
    with pytest.raises(LineRefused):
        register(committee, person, award)
    register(committee, person, award, school_year=True)
    row = withdraw_registration(registration_id=row.pk, version=row.version, reason="Chuyển công tác",
                                actor=committee.unit_officers[0])  # fmt: skip
    assert (row.state, row.state_reason) == (RegistrationState.WITHDRAWN, "Chuyển công tác")
    assert register(committee, person, award).state == RegistrationState.REGISTERED


def test_who_is_not_of_the_unit_is_refused(committee, person):
    other = subject_for(person=PersonFactory(organiser=committee.communes[1]))
    with pytest.raises(Subject.DoesNotExist):
        register(committee, other, titles("person")[0])
    with pytest.raises(LineRefused) as refused:
        register(committee, person, titles("person")[0], actor=committee.officer, unit=committee.communes[1],
                 paper=paper())  # fmt: skip
    assert refused.value.field == "subject_1"


@pytest.mark.parametrize("who", ["approver", "observer", "outsider", "other_unit"])
def test_nobody_else_registers(committee, person, who):
    actor = committee.unit_officers[1] if who == "other_unit" else getattr(committee, who)
    with pytest.raises(NotAllowed):
        register(committee, person, titles("person")[0], actor=actor, paper=paper())


def test_the_standing_body_registers_from_paper_and_the_scan_stands_at_each_line(committee, person):
    given = {"unit": committee.communes[0], "year": 2024, "actor": committee.officer}
    lines = [Line(person, titles("person")[0]), Line(subject_for(unit=committee.communes[0]), titles("unit")[0])]
    with pytest.raises(ServiceError) as refused:
        register_titles(lines=lines, **given)
    assert refused.value.field == "paper_symbol"
    with pytest.raises(ServiceError) as refused:
        register_titles(lines=lines, paper=Paper("1", date(2024, 3, 1)), **given)
    assert refused.value.field == "scan"
    rows = register_titles(lines=lines, paper=paper(), **given)
    assert {(row.on_behalf, row.paper_symbol, row.attachments.count()) for row in rows} == {(True, "12/BC-UBND", 1)}
    assert len({row.attachments.get().file for row in rows}) == 1


def test_a_change_needs_a_reason_and_the_version_that_was_seen(committee, person):
    first, second = titles("person")[:2]
    officer = committee.unit_officers[0]
    row = register(committee, person, first)
    given = {"registration_id": row.pk, "award_type": second, "initiative": "Khác", "actor": officer}
    with pytest.raises(ServiceError) as refused:
        change_registration(version=row.version, reason=" ", **given)
    assert refused.value.field == "reason"
    changed = change_registration(version=row.version, reason="Nâng danh hiệu", **given)
    assert (changed.state, changed.award_version.type, changed.initiative) == ("changed", second, "Khác")
    with pytest.raises(MovedOn):
        change_registration(version=0, reason="Lại", **given)
    gone = withdraw_registration(registration_id=row.pk, version=changed.version, reason="Thôi", actor=officer)
    with pytest.raises(WrongState):
        change_registration(version=gone.version, reason="Lại", **given)


@pytest.mark.parametrize(("year", "day", "field"), [(1990, date(2024, 3, 1), "year"),
                                                    (2024, date(2024, 3, 11), "registered_on")])  # fmt: skip
def test_year_and_day_are_possible_ones(committee, person, year, day, field):
    with pytest.raises(ServiceError) as refused:
        register_titles(unit=committee.communes[0], year=year, registered_on=day, actor=committee.unit_officers[0],
                        lines=[Line(person, titles("person")[0])])  # fmt: skip
    assert refused.value.field == field


def test_the_committee_is_the_nearest_above_with_a_standing_body(committee):
    assert committee_of(committee.communes[0]) == committee.district
    assert committee_of(committee.district) == committee.district
    assert committee_of(committee.province) is None


# --- Pages ---


@pytest.fixture
def as_user(client):
    def sign_in(user):
        user.working_day = date(2024, 3, 10)
        user.save()
        client.force_login(user)
        return client

    return sign_in


def url(name, *args):
    return reverse(f"awards:registration_{name}", args=args)


def filled(committee, person, **more):
    return {
        "unit": committee.communes[0].pk, "year": "2024", "registered_on": "01/03/2024",
        "subject_1": f"person:{person.person_id}", "award_1": str(titles("person")[0].pk), "initiative_1": "Sổ tay",
        **more,
    }  # fmt: skip


def test_titles_are_registered_changed_and_withdrawn_on_pages(committee, person, as_user):
    client = as_user(committee.unit_officers[0])
    assert client.get(url("create")).status_code == 200
    done = client.post(url("create"), filled(committee, person))
    assert done.status_code == 302, done.context["form"].errors
    row = TitleRegistration.objects.get()
    page = client.get(done.url).content.decode()
    assert "Thạch Thị Sóc Kha" in page
    assert "Sổ tay" in page
    second = str(titles("person")[1].pk)
    bad = client.post(url("change", row.pk), {"award": second, "initiative": "Mới", "reason": "", "version": 0})
    assert 'value="Mới"' in bad.content.decode()
    client.post(url("change", row.pk), {"award": second, "initiative": "Mới", "reason": "Nâng", "version": row.version})
    row.refresh_from_db()
    assert (row.state, row.initiative) == ("changed", "Mới")
    assert client.get(url("withdraw", row.pk)).status_code == 200
    assert client.post(url("withdraw", row.pk), {"reason": "Thôi", "version": 0}).status_code == 409
    client.post(url("withdraw", row.pk), {"reason": "Thôi", "version": row.version})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert "Thôi" in client.get(url("detail", row.pk)).content.decode()


def test_bad_lines_are_told_at_their_field_and_kept(committee, person, as_user):
    client = as_user(committee.unit_officers[0])
    page = client.post(url("create"), filled(committee, person, award_1="", initiative_1="Giữ lại"))
    assert "award_1" in page.context["form"].errors
    assert 'value="Giữ lại"' in page.content.decode()
    assert "Thạch Thị Sóc Kha" in page.content.decode()
    other = PersonFactory(organiser=committee.communes[1])
    blank = {"subject_1": "", "award_1": "", "initiative_1": ""}
    award = str(titles("person")[0].pk)
    page = client.post(url("create"), filled(committee, person, **blank, subject_3=f"person:{other.pk}", award_3=award))
    assert "subject_3" in page.context["form"].errors
    wrong = str(titles("unit")[-1].pk)
    again = {**blank, "subject_2": f"person:{person.person_id}", "award_2": wrong}
    page = client.post(url("create"), filled(committee, person, **again))
    assert "award_2" in page.context["form"].errors
    assert not TitleRegistration.objects.exists()


def test_recipients_are_found_without_scripts_and_without_diacritics(committee, person, as_user):
    client = as_user(committee.unit_officers[0])
    page = client.post(
        url("create"), filled(committee, person, subject_1="", subject_1__q="soc kha", _search="subject_1")
    )
    assert f'value="person:{person.person_id}"' in page.content.decode()
    assert not TitleRegistration.objects.exists()


def test_the_standing_body_names_the_paper_on_the_page(committee, person, as_user):
    client = as_user(committee.officer)
    page = client.post(url("create"), filled(committee, person))
    assert {"paper_symbol", "paper_signed_on", "scan"} <= set(page.context["form"].errors)
    more = {"paper_symbol": "12/BC-UBND", "paper_signed_on": "01/03/2024", "scan": scan()}
    assert client.post(url("create"), filled(committee, person, **more)).status_code == 302
    row = TitleRegistration.objects.get()
    assert row.on_behalf
    assert row.attachments.get().file.url in client.get(url("detail", row.pk)).content.decode()


def test_the_list_shows_exactly_the_visible_rows(committee, person, as_user):
    register(committee, person, titles("person")[0])
    second = committee.communes[1]
    register(committee, subject_for(unit=second), titles("unit")[0], actor=committee.heads[1], unit=second)
    people = {
        "officer": committee.officer, "approver": committee.approver, "observer": committee.observer,
        "first": committee.unit_officers[0], "second": committee.heads[1], "outsider": committee.outsider,
    }  # fmt: skip
    seen = {
        name: {row.unit.name for row in as_user(user).get(url("list")).context["table"].records}
        for name, user in people.items()
    }
    both = {"Xã An Hiệp", "Xã An Ninh"}
    assert seen == {"officer": both, "approver": both, "observer": both, "first": {"Xã An Hiệp"},
                    "second": {"Xã An Ninh"}, "outsider": set()}  # fmt: skip
    row = TitleRegistration.objects.get(unit=committee.communes[0])
    for name in ("detail", "change", "withdraw"):
        assert as_user(committee.heads[1]).get(url(name, row.pk)).status_code == 404
    for name in ("change", "withdraw"):
        assert as_user(committee.approver).get(url(name, row.pk)).status_code == 403
    assert as_user(committee.approver).get(url("create")).status_code == 403
