"""Entering values and texts: dated, with a source, never over what stood, and safe from updates."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue.enums import Mark
from catalogue.models import LegalText, LegalValue
from catalogue.queries import value_on
from catalogue.services import add_text, load_catalogue, set_value
from core.audit.models import Entry
from core.errors import NotAllowed, ServiceError
from tests.catalogue.factories import LegalTextFactory, LegalValueFactory
from tests.factories import UserFactory
from tests.units.factories import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

DECREE = {"symbol": "99/2026/NĐ-CP", "cite": "NĐ 99/2026/NĐ-CP", "title": "Quy định mức lương cơ sở"}


@pytest.fixture
def administrator(db: None) -> Any:
    return UserFactory(is_administrator=True)


def enter(actor: Any, **values: Any) -> LegalValue:
    given = {"code": "base_salary", "valid_from": date(2026, 8, 1), "value": Decimal(2527200)}
    return set_value(actor=actor, **{**given, "text": LegalTextFactory(), **values})


def test_the_open_row_is_filled_and_what_stood_goes_on_until_then(administrator: Any) -> None:
    load_catalogue()
    row = enter(administrator)
    assert value_on("base_salary", date(2026, 7, 31)).value == 2340000
    assert value_on("base_salary", date(2026, 8, 1)) == row
    assert row.mark == Mark.PARTLY
    assert LegalValue.objects.filter(code="base_salary").count() == 4
    actions = set(Entry.objects.filter(subject_type="catalogue.legalvalue").values_list("action", flat=True))
    assert actions == {"legal_value.entered", "legal_value.ended"}


@pytest.mark.parametrize("day", [date(2026, 7, 1), date(2026, 8, 1), date(2027, 1, 1)])
def test_an_update_leaves_what_was_entered_here(administrator: Any, day: date) -> None:
    load_catalogue()
    enter(administrator, valid_from=day)
    before = list(LegalValue.objects.order_by("pk").values())
    report = load_catalogue()
    assert report.is_empty
    assert report.kept
    assert list(LegalValue.objects.order_by("pk").values()) == before


def test_a_new_value_ends_the_one_before_and_begins_before_the_next(administrator: Any) -> None:
    first = LegalValueFactory(code="cap", valid_from=date(2024, 1, 1))
    last = enter(administrator, code="cap", valid_from=date(2026, 1, 1), value=Decimal(30))
    between = enter(administrator, code="cap", valid_from=date(2025, 1, 1), value=Decimal(20))
    first.refresh_from_db()
    assert (first.valid_to, between.valid_to, last.valid_to) == (between.valid_from, last.valid_from, None)
    earliest = enter(administrator, code="cap", valid_from=date(2023, 1, 1), value=Decimal(5))
    assert earliest.valid_to == first.valid_from


def test_a_local_value_leaves_the_national_one(administrator: Any) -> None:
    national = LegalValueFactory(code="cap")
    unit = UnitFactory()
    local = enter(administrator, code="cap", scope=unit, value=Decimal(20))
    national.refresh_from_db()
    assert national.valid_to is None
    assert local.valid_to is None
    entry = Entry.objects.get(action="legal_value.entered")
    assert entry.organiser_id == unit.pk
    assert entry.changes["value"] == ["", "20"] or entry.changes["value"][1] == "20"


def test_a_value_in_words_with_a_note_for_its_source(administrator: Any) -> None:
    LegalValueFactory(code="deadline")
    row = enter(administrator, code="deadline", value=None, words="trước ngày 25/11", text=None, note="Quy chế")
    assert not row.is_open


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "no.such"}, "code"),
        ({"value": None}, "value"),
        ({"text": None}, "text"),
        ({"valid_from": date(2024, 1, 1)}, "valid_from"),
    ],
)
def test_a_value_is_refused(administrator: Any, values: dict[str, Any], field: str) -> None:
    known = LegalValueFactory(code="cap", valid_from=date(2024, 1, 1))
    with pytest.raises(ServiceError) as caught:
        enter(administrator, **{"code": "cap", **values})
    assert caught.value.field == field
    known.refresh_from_db()
    assert known.valid_to is None


def test_only_the_administrator_enters_values_and_texts(world: Any) -> None:
    LegalValueFactory(code="base_salary")
    for name in ("north.standing_officer", "north.approver", "north.observer", "nobody"):
        with pytest.raises(NotAllowed):
            enter(world.user(name))
        with pytest.raises(NotAllowed):
            add_text(actor=world.user(name), issued=date(2026, 6, 1), in_force_from=date(2026, 7, 1), **DECREE)
    assert LegalValue.objects.count() == 1


def test_a_text_is_entered_once(administrator: Any) -> None:
    days = {"issued": date(2026, 6, 1), "in_force_from": date(2026, 7, 1)}
    text = add_text(actor=administrator, **DECREE, **days)
    assert text.code == "99-2026-nd-cp-20260601"
    assert Entry.objects.get(action="legal_text.entered").subject_label == "NĐ 99/2026/NĐ-CP"
    with pytest.raises(ServiceError):
        add_text(actor=administrator, **DECREE, **days)
    with pytest.raises(ServiceError) as caught:
        add_text(actor=administrator, **{**DECREE, "symbol": "1/2026/NĐ-CP"}, **days, in_force_to=days["in_force_from"])
    assert caught.value.field == "in_force_to"
    assert LegalText.objects.count() == 1
