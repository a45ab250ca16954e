"""Which keys a model has, and from which columns they are made."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models


class KeyField(models.Field):
    """What search and sort keys have in common: a column made from other columns of the same row.

    `source` names one column or several; a row's key is worked out in `pre_save`, whatever stands there.
    """

    sources: tuple[str, ...]

    def __init__(self, *args: Any, source: str | Iterable[str], **kwargs: Any) -> None:
        self.sources = (source,) if isinstance(source, str) else tuple(source)
        kwargs = {"editable": False, "blank": True, "default": "", **kwargs}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.sources}

    def key_of(self, record: models.Model) -> str:
        """The key that `record` should have."""
        values = (getattr(record, name) for name in self.sources)
        return self.make_key(" ".join(str(value) for value in values if value not in (None, "")))

    def make_key(self, text: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.key_of(model_instance)
        setattr(model_instance, self.attname, key)
        return key


def key_fields(model: type[models.Model]) -> list[KeyField]:
    """The key fields of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, KeyField)]


def keys_of(model: type[models.Model], columns: Iterable[str]) -> set[str]:
    """The names of the keys made from any of `columns`."""
    named = set(columns)
    return {field.name for field in key_fields(model) if named.intersection(field.sources)}


def keyed_models() -> Iterator[type[models.Model]]:
    """Every installed model that has a key field whose rows may be written again."""
    return (model for model in apps.get_models() if key_fields(model) and not getattr(model, "keys_stay", False))
