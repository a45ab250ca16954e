"""Querysets that do not let a text and its key drift apart."""

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.db import models

from core.text.keyed import key_fields, keys_of

M = TypeVar("M", bound=models.Model)


class KeyedQuerySet(models.QuerySet[M]):
    """The queryset of a model with key fields.

    `update` and `bulk_update` write columns without asking the row, so they refuse a source that comes
    without its key (ValueError); `bulk_update` works the keys out that it is given.
    """

    def update(self, **kwargs: Any) -> int:
        self._refuse_without_keys(kwargs)
        return super().update(**kwargs)

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        records, names = list(objs), list(fields)
        self._refuse_without_keys(names)
        for key in (key for key in key_fields(self.model) if key.name in names):
            for record in records:
                key.pre_save(record, add=False)
        return super().bulk_update(records, names, batch_size=batch_size)

    def bulk_create(  # noqa: PLR0917 -- Django's signature
        self,
        objs: Iterable[M],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[M]:
        if update_fields is not None:
            self._refuse_without_keys(update_fields)
        return super().bulk_create(objs, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields)

    def _refuse_without_keys(self, columns: Iterable[str]) -> None:
        missing = keys_of(self.model, columns) - set(columns)
        if missing:
            raise ValueError(
                f"{self.model._meta.label}: these columns are written without their keys "
                f"({', '.join(sorted(missing))}); save the rows, or write the keys with them."
            )
