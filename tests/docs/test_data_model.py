"""docs/data-model.md says what the models say."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F, Q

from config.data_model import condition_text, own_apps
from config.management.commands import data_model


def test_the_page_is_what_the_models_say() -> None:
    call_command("data_model", "--check")


@pytest.mark.parametrize("written", [None, "# The data model\n"])
def test_a_page_that_is_missing_or_old_is_refused(written: str | None, tmp_path: Path, monkeypatch) -> None:
    page = tmp_path / "data-model.md"
    if written is not None:
        page.write_text(written, encoding="utf-8")
    monkeypatch.setattr(data_model, "PAGE", page)
    with pytest.raises(CommandError, match="out of date"):
        call_command("data_model", "--check")
    call_command("data_model")
    call_command("data_model", "--check")


def test_every_model_of_the_house_stands_on_it_with_a_meaning() -> None:
    text = data_model.PAGE.read_text(encoding="utf-8")
    for room in own_apps():
        for model in room.get_models():
            at = text.index(f"\n### {model.__name__}\n\nTable `{model._meta.db_table}`. ")
            assert len(text[at:].split("\n")[3]) > len(f"Table `{model._meta.db_table}`. ") + 3


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")), "closed_on is empty or closed_on > opened_on"),
        (~Q(state="draft"), "not (state = 'draft')"),
        (Q(a=1) & (Q(b=2) | Q(c__in={"y", "x"})), "a = 1 and (b = 2 or c in 'x', 'y')"),
    ],
)
def test_conditions_are_written_in_words(condition: Q, text: str) -> None:
    assert condition_text(condition) == text
