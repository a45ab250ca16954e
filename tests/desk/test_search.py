"""The one search, as a page: what is found, told apart, counted, passed on, and kept out of addresses."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.audit.models import Entry
from core.ui.searching import COUNTED, SHOWN, Found
from tests.awards.factories import CommendationFactory, DecisionFactory, NominationFactory, SubmissionFactory
from tests.campaigns.factories import CampaignFactory
from tests.factories import UserFactory
from tests.units.factories import START, AppointmentFactory, PersonFactory, UnitFactory
from tests.units.world import World
from units.enums import Role
from units.models import Membership, Person, Unit
from units.services import identity

pytestmark = pytest.mark.django_db

URL = "/search/"
NUMBER = "094185001234"
KINDS = ["phongtrao", "donvi", "canhan", "denghi", "quyetdinh", "so"]
HOSTILE = [
    '"', '""', '"duc', "'", "' OR 1=1--", "%", "_", "%%%", "\\", "\x00", "duc\x00hoa", "a" * 10_000, "a " * 5_000,
    '"' * 300, "nam:", "so:", "loai:", "nam:٢٠٢٤", "so:1'--", "loai:xe", ":", "::", "x:" * 200, "(", "[", "*", "\\1",
    '"(a|b)*"', '"[a-z"', "<script>alert(1)</script>", "{{7*7}}", "\u200b", "\ud7ff\ufffe", "\U0001f600", "ḥ̈ọ̃",
    "nam:2024 so:1 loai:so", '"duc hoa" nam:2024', "9" * 500,
]  # fmt: skip


@pytest.fixture
def unit() -> Unit:
    return UnitFactory(name="Xã Đức Hoà")


@pytest.fixture
def officer(unit: Unit, client: Client) -> User:
    user = UserFactory()
    Membership.objects.create(user=user, role=Role.STANDING_OFFICER, unit=unit, valid_from=START)
    client.force_login(user)
    return user


def ask(client: Client, words: str) -> dict[str, Found]:
    answer: Any = client.get(URL, {"q": words})
    assert answer.status_code == 200
    return {group.provider.code: group for group in answer.context_data["found"]}


def plant(unit: Unit, name: str = "Đức Hoà", number: int = 27) -> dict[str, Any]:
    """One row of each kind that holds `name`, and one that does not."""
    campaign = CampaignFactory(organiser=unit, title=f"Thi đua vì {name}", symbol=f"{number}/KH-UBND",
                               signed_on=date(2024, 2, 19), starts_on=date(2024, 2, 20))  # fmt: skip
    CampaignFactory(organiser=unit, title="Dân vận khéo", symbol=f"{number + 1}/KH-UBND")
    person = PersonFactory(organiser=unit, name=f"Trần {name}")
    PersonFactory(organiser=unit, name="Lý Bình")
    letter = SubmissionFactory(unit=unit, round__organiser=unit)
    line = NominationFactory(submission=letter, printed_name=f"Tổ {name}")
    decision = DecisionFactory(organiser=unit, title=f"Khen thưởng {name}", number=str(1605 + number), symbol="QĐ-UBND",
                               signed_on=date(2024, 12, 3), year=2024)  # fmt: skip
    row = CommendationFactory(decision=decision, organiser=unit, unit=unit, printed_name=f"Hội {name}",
                              printed_decision="1632/QĐ-UBND", awarded_on=date(2024, 12, 3))  # fmt: skip
    return {"phongtrao": campaign, "donvi": unit, "canhan": person, "denghi": line, "quyetdinh": decision, "so": row}


@pytest.mark.postgres
@pytest.mark.parametrize("words", ["duc hoa", "Đức Hòa", "ĐỨC HOÀ", "hoa duc", '"duc hoa"'])
def test_every_kind_is_found_without_diacritics(client: Client, officer: User, unit: Unit, words: str) -> None:
    expected = plant(unit)
    assert {code: group.rows for code, group in ask(client, words).items()} == {k: [v] for k, v in expected.items()}


@pytest.mark.postgres
def test_quotes_ask_for_whole_words_in_order(client: Client, officer: User, unit: Unit) -> None:
    an = PersonFactory(organiser=unit, name="Lò Văn An")
    PersonFactory(organiser=unit, name="Lò Vân Anh")
    assert len(ask(client, "van an")["canhan"].rows) == 2
    assert ask(client, '"van an"')["canhan"].rows == [an]
    assert ask(client, '"an van"') == {}


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("duc hoa loai:canhan", ["canhan"]),
        ("duc hoa loai:donvi,so", ["donvi", "so"]),
        ("nam:2024 duc hoa", ["phongtrao", "denghi", "quyetdinh", "so"]),
        ("nam:2023 duc hoa", []),
        ("so:1632", ["quyetdinh", "so"]),
        ("so:1632/qđ-ubnd", ["quyetdinh", "so"]),
        ("so:1632/kh", []),
        ("so:163", []),
        ("so:027", ["phongtrao"]),
        ("1632/QĐ-UBND", ["quyetdinh", "so"]),
        ("loai:quyetdinh", ["quyetdinh"]),
    ],
)  # fmt: skip
def test_operators_narrow(client: Client, officer: User, unit: Unit, words: str, kinds: list[str]) -> None:
    plant(unit)
    assert list(ask(client, words)) == kinds


def test_what_cannot_be_asked_for_a_year_is_named(client: Client, officer: User, unit: Unit) -> None:
    page = client.get(URL, {"q": "nam:2024 duc hoa"}).content.decode()
    assert "Không tìm trong: Đơn vị, Cá nhân, vì ở đó không có năm hoặc số như đã nêu." in page


def test_the_notes_of_what_was_typed_stand_on_the_page(client: Client, officer: User) -> None:
    page = client.get(URL, {"q": "tinh:angiang"}).content.decode()
    assert "“tinh:angiang” được tìm như từ thường: không có toán tử tinh:." in page


def test_those_of_the_same_name_are_told_apart(client: Client, officer: User, unit: Unit) -> None:
    for year, post in ((1961, "Chủ tịch"), (1987, "Chuyên viên")):
        person = PersonFactory(organiser=unit, name="Nguyễn Văn An", birth_year=year)
        AppointmentFactory(person=person, unit=unit, post=post)
    hits = ask(client, "nguyen van an")["canhan"].hits
    assert [hit.note for hit in hits] == ["1961 · Chủ tịch, Xã Đức Hoà", "1987 · Chuyên viên, Xã Đức Hoà"]


def test_each_kind_says_what_tells_its_rows_apart(client: Client, officer: User, unit: Unit) -> None:
    rows = plant(unit)
    notes = {code: group.hits[0].note for code, group in ask(client, "duc hoa").items()}
    award = rows["denghi"].award_version
    assert notes["phongtrao"] == "Xã Đức Hoà · 27/KH-UBND · 19/02/2024 · 20/02/2024 – 31/12/2024"
    assert notes["denghi"] == f"{award} · Xã Đức Hoà · {rows['denghi'].round}"
    assert notes["quyetdinh"] == "1632/QĐ-UBND · 03/12/2024 · Xã Đức Hoà"
    assert notes["so"].endswith(" · 1632/QĐ-UBND · 03/12/2024")


def test_the_name_itself_stands_before_names_that_hold_it(client: Client, officer: User, unit: Unit) -> None:
    for name in ("Ái Hoa Ban", "Hoa Ban Ái", "Hoa Ban"):
        PersonFactory(organiser=unit, name=name)
    assert [hit.label for hit in ask(client, "hoa ban")["canhan"].hits] == ["Hoa Ban", "Hoa Ban Ái", "Ái Hoa Ban"]


def many(unit: Unit, count: int) -> None:
    Person.objects.bulk_create(Person(organiser=unit, name=f"Kim Thị Sóc {n}") for n in range(count))


@pytest.mark.parametrize(("count", "said"), [(COUNTED, ">50<"), (COUNTED + 1, ">hơn 50<"), (200, ">hơn 50<")])
def test_counting_stops(client: Client, officer: User, unit: Unit, count: int, said: str) -> None:
    many(unit, count)
    answer: Any = client.get(URL, {"q": "soc"})
    (group,) = answer.context_data["found"]
    assert len(group.hits) == SHOWN
    assert said in answer.content.decode()


@pytest.mark.postgres
@pytest.mark.parametrize("words", ["duc hoa", '"đức hoà"', "nam:2024 duc", "so:1632", "so:27/KH"])
def test_see_all_shows_the_same_rows(client: Client, officer: User, unit: Unit, words: str) -> None:
    plant(unit)
    plant(UnitFactory(name="Xã Khác", parent=unit), "Đức")
    groups = ask(client, words)
    assert groups
    for group in groups.values():
        table = client.get(group.url).context["table"]
        assert {row.pk for row in table.data.data} == {row.pk for row in group.rows}, group.url


def test_a_query_for_each_kind_and_no_more_whatever_there_is(client: Client, officer: User, unit: Unit) -> None:
    """The empty page asks for session, person, roles and frame; the search adds one query a kind, and the scope."""

    def queries(words: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            ask(client, words)
        return len(seen)

    client.get(reverse("accounts:profile"))  # what a process asks once
    frame = queries("")
    added = []
    for number in (27, 29, 31):
        plant(unit, number=number)
        many(unit, 60)
        added.append(queries("c") - frame)
    assert (frame, added) == (7, [7, 7, 7])


@pytest.mark.postgres
def test_hostile_words_find_nothing_foreign_and_break_nothing(client: Client, officer: User, unit: Unit) -> None:
    plant(unit)
    foreign = set(plant(UnitFactory(name="Xã Ngoài Phạm Vi")).values())
    for words in HOSTILE:
        answer: Any = client.get(URL, {"q": words})
        assert answer.status_code == 200, words
        assert not {row for group in answer.context_data["found"] for row in group.rows} & foreign, words
        assert b"<script>alert" not in answer.content
        assert client.post(URL, {"q": words}).status_code == 302, words
        for group in answer.context_data["found"]:
            assert client.get(group.url).status_code == 200, group.url


@pytest.mark.postgres
def test_percent_and_underscore_are_only_signs(client: Client, officer: User, unit: Unit) -> None:
    found = CampaignFactory(organiser=unit, title="Đạt 100% chỉ tiêu A_B")
    CampaignFactory(organiser=unit, title="Đạt 100 chỉ tiêu AxB")
    assert ask(client, "100%")["phongtrao"].rows == [found]
    assert ask(client, "a_b")["phongtrao"].rows == [found]


def test_the_box_leads_to_an_address_that_can_be_passed_on(client: Client, officer: User) -> None:
    answer = client.post(URL, {"q": " Đức  Hoà nam:2024 "})
    assert answer["Location"] == "/search/?q=%C4%90%E1%BB%A9c+Ho%C3%A0+nam%3A2024"
    assert 'value="Đức Hoà nam:2024"' in client.get(answer["Location"]).content.decode()
    assert client.post(URL, {"q": "  "})["Location"] == URL
    assert client.post(URL)["Location"] == URL


def test_the_box_stands_on_every_page_and_works_without_scripts(client: Client, officer: User) -> None:
    page = client.get(reverse("units:unit_list")).content.decode()
    form = page.partition('class="topbar-search"')[2].partition("</form>")[0]
    assert 'action="/search/"' in form
    assert "csrfmiddlewaretoken" in form
    assert 'data-shortcut="/"' in form


def test_signed_out_leads_to_sign_in_and_back_to_what_was_asked(client: Client) -> None:
    assert client.get(URL, {"q": "hoa"})["Location"] == "/account/sign-in/?next=%2Fsearch%2F%3Fq%3Dhoa"
    assert NUMBER not in client.post(URL, {"q": NUMBER})["Location"]


def test_who_has_no_role_is_told_so(client: Client) -> None:
    client.force_login(UserFactory())
    page = client.get(URL, {"q": "hoa"}).content.decode()
    assert "Chưa có dữ liệu nào bạn được tìm." in page


def test_nothing_found_says_so(client: Client, officer: User) -> None:
    page = client.get(URL, {"q": "khong-co-gi-nhu-the"}).content.decode()
    assert "Không có dữ liệu nào trong phạm vi của bạn khớp với “khong-co-gi-nhu-the”." in page


@pytest.mark.parametrize("typed", [NUMBER, " 094 185 001 234 ", "094.185.001.234", "094-185-001-234"])
def test_an_identity_number_leads_to_its_person_and_is_recorded(
    client: Client, officer: User, unit: Unit, typed: str
) -> None:
    person = PersonFactory(organiser=unit)
    identity.set_identity(person_id=person.pk, number=NUMBER, actor=None)
    answer = client.post(URL, {"q": typed})
    assert answer["Location"] == reverse("units:person_detail", args=[person.pk])
    entry = Entry.objects.get(action="person.identity_matched")
    assert (entry.actor, entry.subject_id) == (officer, str(person.pk))
    assert NUMBER not in str(entry.__dict__)


FINDS = ["north.unit_officer", "north.unit_head", "north.commune_officer", "deputy"]
DOES_NOT_SEE = [
    "north.office_officer",
    "north.b_head",
    "south.unit_officer",
    "north.reviewer",
    "administrator",
    "nobody",
]
MAY_NOT_READ = ["north.observer", "north.approver"]


def test_by_number_only_who_may_read_it_finds_anybody(client: Client, world: World) -> None:
    person = world.persons["north.a.hamlet"]
    identity.set_identity(person_id=person.pk, number=NUMBER, actor=None)
    for user in (*FINDS, *DOES_NOT_SEE, *MAY_NOT_READ):
        client.force_login(world.user(user))
        answer = client.post(URL, {"q": NUMBER}, follow=True)
        found = answer.redirect_chain[-1][0] == reverse("units:person_detail", args=[person.pk])
        assert found == (user in FINDS), user
        assert ("Không có cá nhân nào mang số định danh này" in answer.content.decode()) != found, user
        assert NUMBER not in str(answer.redirect_chain)
    told = Entry.objects.filter(action="person.identity_matched").order_by("pk")
    assert [entry.actor.username for entry in told] == FINDS


def test_in_an_address_a_number_is_not_looked_up(client: Client, officer: User, unit: Unit) -> None:
    person = PersonFactory(organiser=unit)
    identity.set_identity(person_id=person.pk, number=NUMBER, actor=None)
    answer: Any = client.get(URL, {"q": NUMBER})
    assert answer.context_data["found"] == []
    assert "Không tra cứu số định danh cá nhân từ địa chỉ trang." in answer.content.decode()
    assert not Entry.objects.filter(action="person.identity_matched").exists()
