"""Lists: escaping, order, pages, buttons."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.db.models import Count
from django.test import RequestFactory
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from accounts.models import User
from core.ui import tables
from core.ui.paging import KeyPaginator, with_tie_break
from core.ui.preferences import keep_page_size, page_size
from tests.core.ui_site.pages import UserTable
from tests.core.ui_site.states import Sample
from tests.factories import UserFactory

HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


class EveryKind(tables.Table):
    plain = tables.Column()
    linked = tables.LinkColumn(url=lambda row: f"/a/?q={row.plain}", note=lambda row: row.plain)
    number = tables.NumberColumn(places=2, suffix=HOSTILE)
    day = tables.DateColumn()
    moment = tables.TimeColumn()
    state = tables.StateColumn(accessor="plain")
    drawn = tables.Column()
    actions = tables.ActionsColumn()

    class Meta(tables.Table.Meta):
        row_attrs = {"data-name": lambda row: row.plain}

    def render_drawn(self, value: str) -> str:
        return format_html("<b>{}</b>", value)

    def actions_for(self, user: object, rows: object) -> object:
        return {1: [tables.RowAction(HOSTILE, f"/b/{HOSTILE}"), tables.RowAction(HOSTILE, "/c/", post=True)]}


class Row(SimpleNamespace):
    def __str__(self) -> str:
        return HOSTILE


def row(**values: object) -> Row:
    given = {
        "pk": 1, "plain": HOSTILE, "linked": HOSTILE, "number": Decimal("1234.5"), "day": date(2024, 11, 30),
        "moment": datetime(2024, 11, 30, 18, 5, tzinfo=UTC), "drawn": HOSTILE,
    }  # fmt: skip
    return Row(**{**given, **values})


def shown(query: str = "", user: object = None):
    request = RequestFactory().get(f"/{query}")
    request.user = user
    request.resolver_match = SimpleNamespace(view_name="sample:list")
    return request


def test_hostile_text_is_escaped_in_every_kind_of_column() -> None:
    table = EveryKind([row()]).show_page(shown())
    assert "<script" not in table.body
    assert "<img" not in table.body
    assert table.body.count("&lt;script&gt;") >= 8


def test_safe_text_of_a_column_stays() -> None:
    assert "<td" in EveryKind([row(plain=mark_safe("<i>x</i>"))]).body
    assert "<i>x</i>" in EveryKind([row(plain=mark_safe("<i>x</i>"))]).body


def test_numbers_days_and_moments_are_written_as_offices_write_them() -> None:
    body = EveryKind([row()]).body
    assert '<td class="num" data-label="Number">1.234,50' in body
    assert ">30/11/2024</td>" in body
    assert ">01:05 01/12/2024</td>" in body  # Việt Nam is seven hours ahead


def test_nothing_is_a_dash() -> None:
    assert EveryKind([row(number=None, day=None, plain="")]).body.count(">–</td>") >= 3


@pytest.mark.django_db
class TestOrder:
    def names(self, query: str) -> list[str]:
        table = UserTable(User.objects.all()).show_page(shown(query))
        return [user.username for user in table.records]

    def test_both_ways(self) -> None:
        for name in ("b", "c", "a"):
            UserFactory(username=name)
        assert self.names("?sort=username") == ["a", "b", "c"]
        assert self.names("?sort=-username") == ["c", "b", "a"]

    def test_heading_says_the_order_and_turns_it(self) -> None:
        heads = {head.label: head for head in UserTable([]).show_page(shown("?sort=username")).heads}
        assert (heads["Tên"].aria, heads["Tên"].sort) == ("ascending", "-username")
        assert (heads["Họ và tên"].aria, heads["Họ và tên"].sort) == ("none", "full_name")
        heads = {head.label: head for head in UserTable([]).show_page(shown("?sort=-username")).heads}
        assert (heads["Tên"].aria, heads["Tên"].sort) == ("descending", "username")

    def test_unknown_order_is_passed_over(self) -> None:
        UserFactory(username="a")
        assert self.names("?sort=password") == ["a"]

    def test_equal_rows_keep_their_places(self) -> None:
        rows = with_tie_break(User.objects.order_by("full_name"))
        assert rows.query.order_by == ("full_name", "pk")
        assert with_tie_break(User.objects.order_by("-full_name")).query.order_by == ("-full_name", "-pk")
        assert with_tie_break(User.objects.order_by("-pk")).query.order_by == ("-pk",)

    @pytest.mark.postgres
    def test_rows_without_a_value_come_last_both_ways(self) -> None:
        for name, day in (("a", None), ("b", date(2024, 1, 2)), ("c", None), ("d", date(2024, 1, 1))):
            UserFactory(username=name, working_day=day)
        for order, expected in (("working_day", "dbac"), ("-working_day", "bdca")):
            assert "".join(user.username for user in with_tie_break(User.objects.order_by(order))) == expected


@pytest.mark.django_db
class TestPages:
    def test_rows_come_by_key_in_the_order_of_the_page(self, django_assert_num_queries) -> None:
        made = [UserFactory(username=f"u{number:02}") for number in range(25)]
        paginator = KeyPaginator(User.objects.order_by("-username"), 10)
        with django_assert_num_queries(3):  # count, keys, rows
            page = paginator.page(2)
            assert [user.pk for user in page] == [user.pk for user in reversed(made)][10:20]

    def test_an_annotated_list_can_be_paged(self) -> None:
        UserFactory.create_batch(3)
        rows = User.objects.annotate(n=Count("groups") if hasattr(User, "groups") else Count("pk")).order_by("-n", "pk")
        assert len(KeyPaginator(rows, 2).page(1)) == 2

    def test_impossible_page_becomes_the_nearest(self) -> None:
        UserFactory.create_batch(25)
        assert UserTable(User.objects.all()).show_page(shown("?page=99")).page.number == 2
        assert UserTable(User.objects.all()).show_page(shown("?page=x")).page.number == 1
        assert UserTable(User.objects.all()).show_page(shown("?page=-1")).page.number == 2

    def test_a_plain_list_is_paged_too(self) -> None:
        table = UserTable([row(username=str(number), full_name="", created_at=None) for number in range(30)])
        assert isinstance(table.show_page(shown()).paginator, Paginator)
        assert len(table.records) == 20

    def test_page_size_comes_from_address_then_choice_then_default(self) -> None:
        user, other = UserFactory(), UserFactory()
        keep_page_size(actor=user, listing="sample:list", per_page=100)
        keep_page_size(actor=user, listing="sample:other", per_page=50)
        assert page_size(shown("?per_page=50", user)) == 50
        assert page_size(shown("", user)) == 100
        assert page_size(shown("?per_page=5000", user)) == 100
        assert page_size(shown("", other)) == 20
        assert page_size(shown("?per_page=5000")) == 20

    def test_what_was_chosen_is_asked_once_a_page(self, django_assert_num_queries) -> None:
        request = shown("", UserFactory())
        with django_assert_num_queries(1):
            assert page_size(request) == page_size(request) == 20


@pytest.mark.django_db
def test_buttons_of_a_page_are_worked_out_once() -> None:
    asked = []

    class Watched(UserTable):
        def actions_for(self, user: object, rows: object) -> object:
            asked.append(len(rows))
            return super().actions_for(user, rows)

    UserFactory.create_batch(3)
    body = Watched(User.objects.all()).show_page(shown()).body
    assert asked == [3]
    assert body.count("Xem") == 3


def test_state_of_a_record_without_a_model_is_its_word() -> None:
    class States(tables.Table):
        state = tables.StateColumn()

    body = States([Row(pk=1, state=Sample.SENT)]).body
    assert "state-waiting" in body
    assert "Đã gửi" in body


def test_every_table_is_entered_for_the_house_tests() -> None:
    assert UserTable in tables.TABLES
    assert EveryKind in tables.TABLES


def test_empty_cell_is_marked_so_that_a_card_may_leave_it_out() -> None:
    assert '<td class="num blank" data-label="Number">–</td>' in EveryKind([row(number=None)]).body
