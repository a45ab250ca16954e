"""The linter sees what it must, and the house's templates hold none of it."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.ui import linting

BAD = [
    ('<p style="color:red">x</p>', "inline style"),
    ("<style>p{}</style>", "style element"),
    ('<button onclick="go()">x</button>', "inline event handler"),
    ('<div hx-on:click="go()"></div>', "htmx code"),
    ('<a href="javascript:go()">x</a>', "javascript address"),
    ("<script>go()</script>", "script without src"),
    ("{{ text|safe }}", "|safe"),
    ("{% autoescape off %}{% endautoescape %}", "autoescape off"),
    ('<img src="a.png">', "img without alt"),
    ('<a href="https://a.vn/">x</a>', "address of another site"),
    ("{% blocktranslate %}a\nb{% endblocktranslate %}", "blocktranslate of several lines without trimmed"),
    ("{% url 'awards:nomination_list' %}", "address of the higher floor awards"),
    ('<form method="post" action="/x/"><button>x</button></form>', "form that posts without csrf_token"),
    ('{% icon "no-such-icon" %}', "icon no-such-icon is not in static/icons.txt"),
    ('{% chip "late" word "no-such-icon" %}', "icon no-such-icon is not in static/icons.txt"),
]
GOOD = [
    '<script src="/static/a.js" type="module"></script>',
    "{% blocktranslate trimmed %}a\nb{% endblocktranslate %}",
    "{% url 'units:unit_list' %}{% url 'ui:draft_save' %}",
    '<form method="post">{% csrf_token %}</form><form method="get"></form>',
    '{% icon "flag" %}',
    "{# a comment may say style= #}",
    "{% comment %}<script>{% endcomment %}",
]


@pytest.mark.parametrize(("source", "what"), BAD)
def test_fault_is_seen(tmp_path: Path, source: str, what: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"\n{source}", encoding="utf-8")
    found = list(linting.template_faults(path, "units", linting.known_icons()))
    assert [fault.what for fault in found] == [what]
    assert found[0].line == 2


@pytest.mark.parametrize("source", GOOD)
def test_what_is_allowed_is_no_fault(tmp_path: Path, source: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(source, encoding="utf-8")
    assert not list(linting.template_faults(path, "units", linting.known_icons()))


def test_address_of_a_higher_floor_in_code_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "views.py"
    path.write_text('a = reverse("campaigns:campaign_list")\nb = reverse("units:unit_list")\n', encoding="utf-8")
    found = list(linting.address_faults(path, "units"))
    assert [(fault.line, fault.what) for fault in found] == [(1, "address of the higher floor campaigns")]


def test_command_fails_on_a_fault(settings, tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "icons.txt").write_text("flag\n")
    (tmp_path / "templates" / "units").mkdir(parents=True)
    (tmp_path / "templates" / "units" / "a.html").write_text("{{ x|safe }}")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="1 faults"):
        call_command("lint_templates")


def test_templates_of_the_house_are_clean() -> None:
    assert [str(fault) for fault in linting.faults()] == []
