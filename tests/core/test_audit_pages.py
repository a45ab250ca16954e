"""The list for administrators, and the history on a record's page."""

from datetime import date, datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import User
from core import audit, clock
from core.audit.models import Entry
from core.ui import navigation
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db]

audit.register_actions({"sample.held": gettext_lazy("Reason"), "sample.ended": gettext_lazy("Changes")})
HOSTILE = '"><script>alert(1)</script>{{7*7}}'


@pytest.fixture
def administrator(client: Client) -> User:
    user = UserFactory(is_administrator=True, full_name="Quản Trị")
    client.force_login(user)
    return user


def record(name: str = "Xã Thuận Hòa", action: str = "sample.held", **given: Any) -> Entry:
    subject = given.pop("subject", None) or UserFactory(full_name=name)
    return audit.record(action, **{"actor": None, "subject": subject, **given})


def listed(client: Client, **query: str) -> list[int]:
    response = client.get(reverse("audit:entry_list"), query)
    assert response.status_code == 200
    return [entry.pk for entry in response.context["table"].records]


class TestList:
    def test_is_for_administrators_only(self, client: Client) -> None:
        address = reverse("audit:entry_list")
        assert client.get(address).status_code == 302
        client.force_login(UserFactory())
        assert client.get(address).status_code == 403
        client.force_login(UserFactory(is_administrator=True))
        assert client.get(address).status_code == 200

    def test_right_is_read_at_each_request(self, client: Client, administrator: User) -> None:
        User.objects.filter(pk=administrator.pk).update(is_administrator=False)
        assert client.get(reverse("audit:entry_list")).status_code == 403

    def test_only_reads(self, client: Client, administrator: User) -> None:
        assert client.post(reverse("audit:entry_list")).status_code == 405

    def test_rows_by_role(self) -> None:
        made = record()
        assert list(Entry.objects.visible_to(UserFactory(is_administrator=True))) == [made]
        assert not Entry.objects.visible_to(UserFactory()).exists()
        assert not Entry.objects.visible_to(UserFactory(is_administrator=True, is_active=False)).exists()

    def test_menu_offers_it_to_administrators_only(self) -> None:
        codes = [item.code for item in navigation.items_for(UserFactory(is_administrator=True), "/")]
        assert "audit" in codes
        assert "audit" not in [item.code for item in navigation.items_for(UserFactory(), "/")]

    def test_newest_stand_first(self, client: Client, administrator: User) -> None:
        made = [record().pk for _ in range(3)]
        assert listed(client) == made[::-1]

    def test_says_who_what_and_why(self, client: Client, administrator: User) -> None:
        subject = UserFactory(full_name="Xã Hồ Đắc Kiện")
        with clock.on_day(date(2024, 10, 20)):
            record(
                subject=subject, actor=administrator, reason="theo văn bản số 5",
                changes={"full_name": ["Cũ", "Mới"], "phone": ["", "x" * 300]},
            )  # fmt: skip
        page = client.get(reverse("audit:entry_list")).content.decode()
        for text in ("Quản Trị", "Lý do", "Xã Hồ Đắc Kiện", "Cũ → Mới", "theo văn bản số 5", "ngày 20/10/2024"):
            assert text in page
        assert "x" * 200 + "…" in page
        assert "x" * 201 not in page

    def test_words_are_escaped(self, client: Client, administrator: User) -> None:
        record(HOSTILE, reason=HOSTILE, changes={HOSTILE: [HOSTILE, HOSTILE]}, actor=UserFactory(full_name=HOSTILE))
        page = client.get(reverse("audit:entry_list")).content.decode()
        assert "<script>alert" not in page
        assert page.count("&lt;script&gt;alert") >= 4

    def test_search_needs_no_accents(self, client: Client, administrator: User) -> None:
        wanted, _other = record("Xã Thuận Hòa"), record("Xã Phú Tân")
        by_name = record("Xã An Hiệp", actor=UserFactory(full_name="Lý Thị Hoa"))
        assert listed(client, q="thuan hoa") == [wanted.pk]
        assert listed(client, q="ly thi") == [by_name.pk]
        assert listed(client, q="%") == []

    def test_filter_by_action(self, client: Client, administrator: User) -> None:
        held, ended = record(), record(action="sample.ended")
        assert listed(client, action="sample.held") == [held.pk]
        assert listed(client, action="sample.ended") == [ended.pk]

    def test_filter_by_day_takes_both_ends_in_vietnam(
        self, client: Client, administrator: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = {}
        for moment in ("2024-10-19T23:59", "2024-10-20T00:00", "2024-10-20T23:59", "2024-10-21T00:00"):
            at = datetime.fromisoformat(moment).replace(tzinfo=clock.ZONE)
            monkeypatch.setattr(clock, "real_now", lambda at=at: at)
            made[moment] = record().pk
        monkeypatch.undo()
        one_day = [made["2024-10-20T23:59"], made["2024-10-20T00:00"]]
        assert listed(client, since="20/10/2024", until="20/10/2024") == one_day
        assert len(listed(client, since="20/10/2024")) == 3
        assert len(listed(client, until="20/10/2024")) == 3

    @pytest.mark.parametrize(
        "query", [{"since": "31/02/2024"}, {"action": "x"}, {"page": "-1"}, {"sort": "actor__password"}]
    )
    def test_nonsense_in_the_address_is_no_fault(
        self, client: Client, administrator: User, query: dict[str, str]
    ) -> None:
        record()
        assert client.get(reverse("audit:entry_list"), query).status_code == 200

    def test_empty_list_says_so(self, client: Client, administrator: User) -> None:
        assert "Chưa ghi nhận thay đổi nào." in client.get(reverse("audit:entry_list")).content.decode()

    @pytest.mark.parametrize("item_count", [1, 3, 200])
    def test_query_count(
        self, client: Client, administrator: User, item_count: int, django_assert_num_queries: Any
    ) -> None:
        """Of the list itself: session, account, what was chosen, count, keys, rows. The frame counts its own."""
        subject = UserFactory()
        for _ in range(item_count):
            record(subject=subject, actor=administrator, changes={"full_name": ["a", "b"]})
        with django_assert_num_queries(6):
            response = client.get(reverse("audit:entry_list"), {"per_page": "200"}, headers={"HX-Request": "true"})
        assert len(response.context["table"].records) == item_count


class TestHistory:
    def test_shows_who_when_what_and_why(self) -> None:
        subject = UserFactory(full_name="Xã Thuận Hòa")
        record(
            subject=subject,
            actor=UserFactory(full_name="Người Ghi"),
            reason="ghi nhầm",
            changes={"phone": ["", "02993"]},
        )
        with clock.on_day(date(2024, 10, 20)):
            last = record(subject=subject, changes={"phone": ["02993", None]})
        html = render_to_string("audit/_history.html", {"entries": audit.entries_for(subject)})
        assert "Người Ghi" in html
        assert "Hệ thống" in html
        assert "ghi nhầm" in html
        assert "<ins>02993</ins>" in html
        assert "<del>02993</del> → <ins>để trống</ins>" in html
        assert "tính theo ngày 20/10/2024" in html
        local = last.at.astimezone(clock.ZONE)
        assert f"{local:%H:%M} {local:%d/%m/%Y}" in html

    def test_escapes_everything(self) -> None:
        subject = UserFactory(full_name=HOSTILE)
        record(
            subject=subject, reason=HOSTILE, changes={HOSTILE: [HOSTILE, HOSTILE]}, actor=UserFactory(full_name=HOSTILE)
        )
        html = render_to_string("audit/_history.html", {"entries": audit.entries_for(subject)})
        assert "<script>" not in html

    def test_without_entries_says_so(self) -> None:
        html = render_to_string("audit/_history.html", {"entries": audit.entries_for(UserFactory())})
        assert "Chưa ghi nhận thay đổi nào." in html
