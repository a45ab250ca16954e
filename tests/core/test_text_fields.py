"""No text is stored without its key, whichever way it is written."""

import unicodedata
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from pytest_django import DjangoDbBlocker

from core.text import fold, person_sort_key, search_words, sort_key
from core.text.fields import SearchKeyField, SortKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet
from core.text.rebuilding import mend, rebuild, stale_rows
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class Settler(KeyedModel):
    name = models.CharField(max_length=200)
    nickname = models.CharField(max_length=200, null=True)
    born = models.IntegerField(default=1990)
    search = SearchKeyField(source=("name", "nickname"))
    sort_key = SortKeyField(source="name", person=True)
    order = SortKeyField(source="name")

    objects = KeyedQuerySet.as_manager()

    class Meta:
        app_label = "text_tests"


class Unguarded(models.Model):
    name = models.CharField(max_length=200)
    search = SearchKeyField(source="nome")

    class Meta:
        app_label = "text_tests"


@pytest.fixture(scope="module", autouse=True)
def _table(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Settler)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Settler)


def stored(settler: Settler) -> tuple[str, str, str]:
    return Settler.objects.values_list("search", "sort_key", "order").get(pk=settler.pk)


def keys(name: str, nickname: str = "") -> tuple[str, str, str]:
    return fold(f"{name} {nickname}"), person_sort_key(name), sort_key(name)


def test_create_makes_the_keys() -> None:
    settler = Settler.objects.create(name="Đặng Thị Ưng", nickname="Út", search="something else")
    assert stored(settler) == keys("Đặng Thị Ưng", "Út") == (settler.search, settler.sort_key, settler.order)


def test_bulk_create_makes_the_keys() -> None:
    Settler.objects.bulk_create([Settler(name="Sơn Rotha"), Settler(name="Thạch Sà Rây")])
    assert set(Settler.objects.values_list("search", flat=True)) == {"son rotha", "thach sa ray"}


def test_save_of_named_columns_takes_the_keys_along() -> None:
    settler = Settler.objects.create(name="Lâm An")
    settler.name = "Lâm Bình"
    settler.save(update_fields=["name"])
    assert stored(settler) == keys("Lâm Bình")


def test_save_of_other_columns_leaves_name_and_keys_alone() -> None:
    settler = Settler.objects.create(name="Lâm An")
    settler.name, settler.born = "Lâm Bình", 1991
    settler.save(update_fields=["born"])
    assert stored(settler) == keys("Lâm An")


@pytest.mark.parametrize("read", [("name",), ("name", "order"), ("name", "nickname", "search")])
def test_save_of_a_row_read_in_part_takes_the_keys_along(read: tuple[str, ...]) -> None:
    settler = Settler.objects.only(*read).get(pk=Settler.objects.create(name="Lâm An", nickname="Ba").pk)
    settler.name = "Lâm Bình"
    settler.save()
    assert stored(settler) == keys("Lâm Bình", "Ba")


def test_update_or_create_takes_the_keys_along() -> None:
    settler = Settler.objects.create(name="Lâm An", born=1950)
    Settler.objects.update_or_create(born=1950, defaults={"name": "Lâm Bình"})
    assert stored(settler) == keys("Lâm Bình")


@pytest.mark.parametrize("also", [{}, {"search": "x"}, {"search": "x", "order": "x"}])
def test_update_refuses_a_source_without_its_keys(also: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="sort_key"):
        Settler.objects.filter(born=1).update(name="Lâm Bình", **also)


def test_update_of_a_source_with_its_keys_and_of_other_columns_passes() -> None:
    settler = Settler.objects.create(name="Lâm An")
    search, by_name, order = keys("Lâm Bình")
    assert Settler.objects.update(name="Lâm Bình", search=search, sort_key=by_name, order=order) == 1
    assert Settler.objects.update(born=1970) == 1
    assert stored(settler) == keys("Lâm Bình")


def test_bulk_update_refuses_a_source_without_its_keys() -> None:
    settler = Settler.objects.create(name="Lâm An")
    with pytest.raises(ValueError, match="search"):
        Settler.objects.bulk_update([settler], ["name"])


def test_bulk_update_works_the_keys_out() -> None:
    settler = Settler.objects.create(name="Lâm An")
    settler.name = "Lâm Bình"
    Settler.objects.bulk_update([settler], ["name", "search", "sort_key", "order"])
    assert stored(settler) == keys("Lâm Bình")


def test_bulk_create_over_existing_rows_refuses_a_source_without_its_keys() -> None:
    with pytest.raises(ValueError, match="order"):
        Settler.objects.bulk_create(
            [Settler(pk=1, name="Lâm An")], update_conflicts=True, update_fields=["name"], unique_fields=["id"]
        )


def test_rows_are_found_however_the_query_is_typed() -> None:
    Settler.objects.create(name="Đặng Hữu Hoà")
    Settler.objects.create(name="Đặng Hữu Hồ")
    for query in ("dang hoa", "Hòa Đặng", unicodedata.normalize("NFD", "đặng hoà"), "\u00d0ẶNG HOÀ"):
        rows = Settler.objects.all()
        for word in search_words(query):
            rows = rows.filter(search__contains=word)
        assert [row.name for row in rows] == ["Đặng Hữu Hoà"]


def test_the_database_sorts_as_vietnamese_does() -> None:
    wanted = ["An", "Áo", "Ăn", "Ân", "Ẩn", "Ấn", "Ấp 2", "Ấp 10", "Ấp Trà", "Dung", "Dũng", "Dụng", "Đào", "Sang", "Ý"]
    Settler.objects.bulk_create([Settler(name=name) for name in sorted(wanted)])
    assert list(Settler.objects.order_by("order").values_list("name", flat=True)) == wanted


@pytest.mark.postgres
def test_sort_keys_compare_by_code_point_on_postgresql() -> None:
    field = Settler._meta.get_field("sort_key")
    parameters = field.db_parameters(connection)
    assert parameters["collation"] == ("C" if connection.vendor == "postgresql" else None)


def test_key_fields_survive_a_migration() -> None:
    for name in ("search", "sort_key", "order"):
        field = Settler._meta.get_field(name)
        copy = field.clone()
        assert (copy.sources, copy.deconstruct()[3]) == (field.sources, field.deconstruct()[3])
        assert MigrationWriter.serialize(field)[0].startswith("core.text.fields.S")


def test_rebuilding_mends_what_differs_and_nothing_else(django_assert_num_queries: Any) -> None:
    right = Settler.objects.create(name="Sơn Rotha")
    wrong = Settler.objects.create(name="Lâm An")
    models.QuerySet(Settler).filter(pk=wrong.pk).update(search="lam bình", order="")
    assert [row.pk for row in stale_rows(Settler)] == [wrong.pk]
    with django_assert_num_queries(3):
        assert rebuild(Settler) == 1
    assert (stored(wrong), stored(right)) == (keys("Lâm An"), keys("Sơn Rotha"))
    assert rebuild(Settler) == 0


def test_mending_leaves_a_row_renamed_meanwhile_alone() -> None:
    settler = Settler.objects.create(name="Lâm An")
    models.QuerySet(Settler).update(search="")
    as_read = next(stale_rows(Settler))
    settler.name = "Lâm Bình"
    settler.save()
    assert mend(as_read) == 0
    assert stored(settler) == keys("Lâm Bình")


def test_stale_rows_are_read_past_the_first_chunk() -> None:
    Settler.objects.bulk_create([Settler(name=f"Lâm {n}") for n in range(1001)])
    last = Settler.objects.latest("pk")
    models.QuerySet(Settler).filter(pk=last.pk).update(search="")
    assert [row.pk for row in stale_rows(Settler)] == [last.pk]


def test_rebuild_keys_command_fails_on_a_stale_key_and_mends_it() -> None:
    user = UserFactory(full_name="Sơn Rotha")
    call_command("rebuild_keys", "--check", "accounts.User", stdout=StringIO())
    models.QuerySet(type(user)).update(search="")
    with pytest.raises(CommandError, match="1 rows"):
        call_command("rebuild_keys", "--check", "accounts.User", stdout=StringIO())
    call_command("rebuild_keys", "accounts.User", stdout=StringIO())
    call_command("rebuild_keys", "--check", "accounts.User", stdout=StringIO())


def test_rebuild_keys_command_treats_every_model_with_keys() -> None:
    out = StringIO()
    call_command("rebuild_keys", "--check", stdout=out)
    treated = {line.partition(":")[0] for line in out.getvalue().splitlines()}
    assert {"accounts.User", "units.Person", "units.Unit", "campaigns.Campaign"} <= treated
    assert "audit.Entry" not in treated, "entries are never written again, not even their keys"


@pytest.mark.parametrize("label", ["accounts.Nobody", "nothing", "accounts.Session", "audit.Entry"])
def test_rebuild_keys_command_refuses_a_model_without_keys(label: str) -> None:
    with pytest.raises(CommandError):
        call_command("rebuild_keys", label)


def test_checks_ask_for_the_guards_and_the_sources() -> None:
    assert {message.id for message in Unguarded._meta.get_field("search").check()} == {
        "text.E001",
        "text.E002",
        "text.E003",
    }
    for name in ("search", "sort_key", "order"):
        assert Settler._meta.get_field(name).check() == []
