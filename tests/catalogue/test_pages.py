"""The pages of the legal bases."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import AwardVersion, LegalText, LegalValue
from catalogue.queries import value_on
from catalogue.services import load_catalogue
from tests.catalogue.factories import LegalValueFactory
from tests.units.world import World

pytestmark = pytest.mark.django_db

PAGE = reverse("catalogue:in_force")


@pytest.fixture
def law(world: World) -> World:
    load_catalogue()
    return world


def shown(client: Client, world: World, name: str, **query: str) -> str:
    client.force_login(world.user(name))
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_what_holds_on_the_day_with_basis_source_and_mark(client: Client, law: World) -> None:
    before = shown(client, law, "north.unit_officer", day="30/06/2025")
    assert "Giấy khen của Chủ tịch UBND cấp huyện" in before
    assert "0,15 × mức lương cơ sở" in before
    assert "2.340.000 đồng/tháng" in before
    assert "không còn cấp huyện" not in before
    since = shown(client, law, "north.unit_officer", day="01/07/2025")
    assert "Giấy khen của Chủ tịch UBND cấp huyện" not in since
    assert "0,3 × mức lương cơ sở" in since
    assert "NĐ 129/2025/NĐ-CP" in since
    assert "không còn cấp huyện" in since
    for words in ("Đã đối chiếu", "Đối chiếu một phần", "Chưa đối chiếu", "Điều 23 Luật Thi đua, khen thưởng 2022"):
        assert words in since


def test_without_a_day_it_is_the_working_day_and_an_unreadable_one_says_so(client: Client, law: World) -> None:
    user = law.users["north.observer"]
    type(user).objects.filter(pk=user.pk).update(working_day=None)
    assert 'value="' in shown(client, law, "north.observer")
    page = shown(client, law, "north.observer", day="31/02/2025")
    assert "field-error" in page
    assert 'value="31/02/2025"' in page


def test_search_needs_no_marks_and_level_narrows_to_awards(client: Client, law: World) -> None:
    page = shown(client, law, "north.unit_head", day="01/07/2025", q="lao dong tien tien")
    assert "Tập thể lao động tiên tiến" in page
    assert "Gia đình văn hóa" not in page
    narrowed = shown(client, law, "north.unit_head", day="01/07/2025", level="prime_minister")
    assert "Cờ thi đua của Chính phủ" in narrowed
    assert "Mức lương cơ sở" not in narrowed
    nothing = shown(client, law, "north.unit_head", day="01/07/2025", q="khong co gi het")
    assert "Xóa bộ lọc" in nothing


def test_a_local_value_shows_below_its_committee_only(client: Client, world: World) -> None:
    LegalValueFactory(name="Tỷ lệ riêng", scope=world.unit("north.a"))
    assert "Tỷ lệ riêng" in shown(client, world, "north.unit_head")
    assert "Tỷ lệ riêng" not in shown(client, world, "south.unit_head")
    row = LegalValue.objects.get()
    assert client.get(reverse("catalogue:value_detail", args=[row.pk])).status_code == 404


def test_award_and_value_pages(client: Client, law: World) -> None:
    client.force_login(law.user("north.reviewer"))
    version = AwardVersion.objects.get(type__code="cstd-co-so", valid_from=date(2025, 7, 1))
    page = client.get(reverse("catalogue:award_detail", args=[version.pk])).content.decode()
    for words in ("Thành phần hồ sơ", "Biên bản bình xét thi đua", "Chủ tịch UBND cấp xã", "đến trước 01/07/2025"):
        assert words in page
    salary = value_on("base_salary", date(2024, 7, 1))
    page = client.get(reverse("catalogue:value_detail", args=[salary.pk])).content.decode()
    assert "1.490.000" in page
    assert "Chưa có thông tin" in page
    assert "Nhập giá trị mới" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_a_constant_number_of_queries(
    client: Client, law: World, count: int, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        LegalValueFactory()
    client.force_login(law.user("north.unit_officer"))
    client.get(PAGE)
    with django_assert_max_num_queries(22):
        client.get(PAGE, {"day": "01/07/2025"})


def test_entering_is_the_administrators(client: Client, law: World) -> None:
    salary = LegalValue.objects.get(code="base_salary", valid_from=date(2026, 7, 1))
    create = reverse("catalogue:value_create", args=[salary.pk])
    text_create = reverse("catalogue:text_create")
    for address in (PAGE, create, text_create):
        assert client.get(address).status_code == 302
    client.force_login(law.user("north.standing_officer"))
    for address in (create, text_create):
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code == 403
    client.force_login(law.user("nobody"))
    assert client.get(PAGE).status_code == 403


def test_the_administrator_enters_a_decree_and_its_value(client: Client, law: World) -> None:
    client.force_login(law.user("administrator"))
    decree = {
        "symbol": "99/2026/NĐ-CP", "cite": "NĐ 99/2026/NĐ-CP", "title": "Quy định mức lương cơ sở",
        "issued": "01/06/2026", "in_force_from": "01/07/2026",
    }  # fmt: skip
    assert client.post(reverse("catalogue:text_create"), decree).status_code == 302
    text = LegalText.objects.get(symbol="99/2026/NĐ-CP")
    salary = LegalValue.objects.get(code="base_salary", valid_from=date(2026, 7, 1))
    create = reverse("catalogue:value_create", args=[salary.pk])
    bad = client.post(create, {"valid_from": "01/07/2026", "value": "2.527.200"})
    assert "Chọn văn bản làm căn cứ" in bad.content.decode()
    good = {"valid_from": "01/07/2026", "value": "2.527.200", "text": str(text.pk), "article": "Điều 3"}
    assert client.post(create, good).status_code == 302
    assert value_on("base_salary", date(2026, 7, 1)).value == 2527200
    page = shown(client, law, "administrator", day="01/07/2026")
    assert "Điều 3 NĐ 99/2026/NĐ-CP" in page
    assert "Giá trị mới" in page
