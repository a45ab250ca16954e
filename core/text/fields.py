"""Columns that hold the search and sort keys of a row's own text.

    class Unit(KeyedModel):
        name = models.CharField(max_length=500)
        search = SearchKeyField(source=("name", "code"))
        sort_key = SortKeyField(source="name")
        objects = KeyedQuerySet.as_manager()

`KeyedModel` and `KeyedQuerySet` see to it that no source is written without its key; a system check
sees to it that both are used.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from core.text.keyed import KeyField
from core.text.keys import person_sort_key, search_key, sort_key
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet


class _CheckedKeyField(KeyField):
    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_sources(), *self._check_guards()]

    def _check_sources(self) -> Iterable[checks.CheckMessage]:
        for name in self.sources:
            try:
                field = self.model._meta.get_field(name)
            except FieldDoesNotExist:
                field = None
            if field is None or not field.concrete or field.is_relation:
                yield checks.Error(f"The key's source {name!r} is no column of the model.", obj=self, id="text.E001")

    def _check_guards(self) -> Iterable[checks.CheckMessage]:
        if not issubclass(self.model, KeyedModel):
            yield checks.Error(
                "A model with a key field derives from core.text.models.KeyedModel.", obj=self, id="text.E002"
            )
        for manager in self.model._meta.managers:
            if not isinstance(manager.get_queryset(), KeyedQuerySet):
                yield checks.Error(
                    f"The manager {manager.name!r} of a model with a key field gives a "
                    "core.text.querysets.KeyedQuerySet.",
                    obj=self,
                    id="text.E003",
                )


class SearchKeyField(_CheckedKeyField, models.TextField):
    """The search key of `source`; ask it with `search__contains` for each of `search_words(query)`."""

    def make_key(self, text: str) -> str:
        return search_key(text)


class SortKeyField(_CheckedKeyField, models.CharField):
    """The Vietnamese order of `source`, of a person's name with `person=True`.

    On PostgreSQL the column has the collation "C", which compares code points as SQLite always does;
    any other collation there would skip the marks on which the order rests.
    """

    def __init__(self, *args: Any, source: str | Iterable[str], person: bool = False, **kwargs: Any) -> None:
        self.person = person
        kwargs.setdefault("max_length", 400)
        super().__init__(*args, source=source, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "person": self.person} if self.person else kwargs

    def make_key(self, text: str) -> str:
        return person_sort_key(text) if self.person else sort_key(text)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
