"""The base of models whose text is found and sorted by stored keys."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from core.text.keyed import key_fields, keys_of


class KeyedModel(models.Model):
    """A model with key fields: whichever columns a save names, the keys made from them go along.

    Rows that may only be added to keep the keys they were written with: `keys_stay` leaves them out of
    `rebuild_keys`. An older key still finds the text as it was typed.
    """

    keys_stay = False

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """As Django's; `update_fields` grows by the keys of the sources it names."""
        if update_fields is None:
            self._undefer_keys()
        else:
            update_fields = {*update_fields, *keys_of(type(self), update_fields)}
        super().save(*args, update_fields=update_fields, **kwargs)

    def _undefer_keys(self) -> None:
        """Of a row read with only() Django writes what was read: a key left out would grow stale."""
        deferred = self.get_deferred_fields()
        for key in key_fields(type(self)) if deferred else ():
            if key.attname in deferred and not deferred.issuperset(key.sources):
                setattr(self, key.attname, "")  # worked out in pre_save
