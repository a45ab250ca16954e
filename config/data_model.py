"""The page docs/data-model.md, made from the models: app, table, fields, relations, constraints, indexes."""

import inspect
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Field, Index, Model, Q, UniqueConstraint
from django.db.models.constraints import BaseConstraint
from django.utils import translation

HEAD = """# The data model

Made by `manage.py data_model` from the models; do not edit it. `manage.py data_model --check`, which a test runs,
fails when the page and the models differ. Tables of Django and of the sign-in counter `axes` are left out.

*Empty* means that the column may hold no value. A relation says what it points to and what happens when that is
deleted: almost everywhere nothing may be, because records end or are withdrawn (see decision 25). Days of a dated
table are half-open: `valid_to` is the first day on which the row no longer holds.
"""
SIGNS = {"exact": "=", "lt": "<", "lte": "≤", "gt": ">", "gte": "≥", "in": "in", "contains": "contains"}
ON_DELETE = {"PROTECT": "protected", "CASCADE": "goes with it", "SET_NULL": "emptied", "DO_NOTHING": "left as it is",
             "RESTRICT": "protected"}  # fmt: skip


def page() -> str:
    """The whole page, in English, the same on every database."""
    with translation.override("en"):
        rooms = [room for room in own_apps() if list(room.get_models())]
        index = [
            f"- [`{room.label}`](#{room.label}): {', '.join(m.__name__ for m in in_order(room))}" for room in rooms
        ]
        parts = [HEAD, "\n".join(index) + "\n", *("\n".join(describe_app(room)) for room in rooms)]
    return "\n".join(parts)


def own_apps() -> list[AppConfig]:
    """The apps of this repository, from the lowest floor up."""
    root = Path(settings.BASE_DIR)
    rooms = [room for room in apps.get_app_configs() if Path(room.path).is_relative_to(root)]
    return [room for room in rooms if ".venv" not in Path(room.path).relative_to(root).parts]


def in_order(room: AppConfig) -> list[type[Model]]:
    return sorted(room.get_models(), key=lambda model: model.__name__)


def describe_app(room: AppConfig) -> Iterator[str]:
    yield f"## {room.label}\n"
    for model in in_order(room):
        yield from describe_model(model)


def describe_model(model: type[Model]) -> Iterator[str]:
    meta = model._meta
    yield f"### {model.__name__}\n\nTable `{meta.db_table}`. {meaning(model)}\n"
    yield "| Field | Kind | Meaning |\n| --- | --- | --- |"
    for field in meta.local_fields:
        yield f"| `{field.name}` | {kind_of(field)} | {words_of(field)} |"
    for many in meta.local_many_to_many:
        yield f"| `{many.name}` | many → {target_of(many)} | {words_of(many)} |"
    rules = [describe_constraint(one) for one in meta.constraints]
    rules += [f"unique together: {', '.join(names)}" for names in meta.unique_together]
    yield from (f"\n{title}\n\n" + "\n".join(f"- {line}" for line in lines)
                for title, lines in (("Constraints:", rules), ("Indexes:", [index_of(i) for i in meta.indexes]))
                if lines)  # fmt: skip
    yield ""


def meaning(model: type[Model]) -> str:
    """The first paragraph of the docstring; the model's own name where nobody wrote one."""
    written = model.__doc__ or ""
    if not written or written.startswith(f"{model.__name__}("):  # what Django puts there by itself
        name = str(model._meta.verbose_name)
        return f"{name[:1].upper()}{name[1:]}."
    return cell(" ".join(inspect.cleandoc(written).split("\n\n")[0].split()))


def kind_of(field: Any) -> str:
    """The field's type as a reader needs it: size, relation, whether it may be empty or repeated."""
    if field.is_relation:
        act = getattr(field.remote_field.on_delete, "__name__", "")
        said = f"{'one' if field.one_to_one else 'many'}-to-one → {target_of(field)}, {ON_DELETE.get(act, act)}"
    else:
        said = field.get_internal_type().removesuffix("Field") or "Field"
        if isinstance(field, models.DecimalField):
            said += f"({field.max_digits}, {field.decimal_places})"
        elif field.max_length and not isinstance(field, models.FileField):
            said += f"({field.max_length})"
    marks = [word for word, holds in (("empty", field.null), ("unique", field.unique and not field.primary_key),
                                      ("key", field.primary_key)) if holds]  # fmt: skip
    return ", ".join([said, *marks])


def target_of(field: Any) -> str:
    to = field.remote_field.model._meta
    return f"{to.app_label}.{to.object_name}"


def words_of(field: "Field[Any, Any]") -> str:
    """Its name on the screen, its help, and the codes it may hold."""
    said = [str(field.verbose_name)]
    if help_text := str(field.help_text):
        said.append(help_text)
    if field.choices and not callable(field.choices):
        said.append("one of " + ", ".join(f"`{value}`" for value, _label in field.flatchoices if value != ""))
    return cell("; ".join(said))


def describe_constraint(one: BaseConstraint) -> str:
    if isinstance(one, UniqueConstraint):
        over = [*one.fields, *(plain(part) for part in one.expressions)]
        only = f", where {condition_text(one.condition)}" if one.condition is not None else ""
        return f"`{one.name}`: unique {', '.join(over)}{only}"
    if isinstance(one, CheckConstraint):
        return f"`{one.name}`: {condition_text(one.condition)}"
    return f"`{one.name}`: {type(one).__name__}"


def index_of(index: Index) -> str:
    over = ", ".join([*index.fields, *(plain(part) for part in index.expressions)])
    only = f", where {condition_text(index.condition)}" if index.condition is not None else ""
    return f"`{index.name}`: {over}{only}"


def condition_text(condition: Any) -> str:
    """A `Q` in words, the same on every run."""
    if not isinstance(condition, Q):
        return plain(condition)
    parts = [leaf_text(*child) if isinstance(child, tuple) else condition_text(child) for child in condition.children]
    joined = f" {condition.connector.lower()} ".join(
        f"({part})" if isinstance(child, Q) and len(child.children) > 1 else part
        for part, child in zip(parts, condition.children, strict=True)
    )
    return f"not ({joined})" if condition.negated else joined


def leaf_text(name: str, value: Any) -> str:
    field, _mark, lookup = name.rpartition("__")
    if lookup == "isnull":
        return f"{field} is {'empty' if value else 'given'}"
    if lookup in SIGNS and field:
        return f"{field} {SIGNS[lookup]} {plain(value)}"
    return f"{name} = {plain(value)}"


def plain(value: Any) -> str:
    """A value or expression as text; sets in order, so that two runs agree."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, F):
        return repr(value).removeprefix("F(").removesuffix(")")
    if isinstance(value, set | frozenset):
        return ", ".join(sorted(plain(one) for one in value))
    if isinstance(value, list | tuple):
        return ", ".join(plain(one) for one in value)
    return repr(value) if isinstance(value, str) else str(value)


def cell(text: str) -> str:
    """Text inside a table: no bar, no line end."""
    return " ".join(text.replace("|", "\\|").split())
