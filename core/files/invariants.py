"""Invariants of this room: rows and bytes say the same."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files.enums import FileState
from core.files.models import StoredFile
from core.files.services import CHUNK
from core.files.sweeping import GRACE, stray_keys
from core.invariants import named, register, rows_of

KEPT = (FileState.READY, FileState.HELD)
"""States whose bytes must lie in the store."""
LONGEST_UPLOAD = timedelta(hours=3)  # an hour of grace, and the sweep comes hourly


def kept() -> QuerySet[StoredFile]:
    """Rows with bytes, without those the sweep may be taking away just now."""
    now = clock.real_now()
    return StoredFile.objects.filter(state__in=KEPT).exclude(expires__lte=now).order_by("pk")


def pointers() -> list[Any]:
    """Every foreign key to a stored file, whichever floor it stands on."""
    return [
        field
        for field in StoredFile._meta.get_fields(include_hidden=True)
        if field.auto_created and field.related_model
    ]


@register("files.bytes", _("Each kept file lies in the store, in its full size"))
def bytes_there() -> Iterator[str]:
    for pk, key, size in rows_of(kept(), "pk", "key", "size"):
        try:
            found = default_storage.size(key)
        except FileNotFoundError:
            yield named(StoredFile, pk, key)
            continue
        if found != size:
            yield named(StoredFile, pk, f"{key}: {found} ≠ {size}")


@register("files.checksum", _("Each kept file has the bytes of its checksum"), thorough=True)
def checksums() -> Iterator[str]:
    for pk, key, sha256 in rows_of(kept(), "pk", "key", "sha256"):
        if default_storage.exists(key) and digest_of(key) != sha256:
            yield named(StoredFile, pk, key)


def digest_of(key: str) -> str:
    """The checksum of what lies in the store under `key`."""
    digest = hashlib.sha256()
    with default_storage.open(key) as file:
        for chunk in file.chunks(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@register("files.strays", _("Nothing lies in the store without a row (mended by sweep_files --all)"))
def strays() -> Iterator[str]:
    yield from stray_keys(clock.real_now() - GRACE)


@register("files.attached", _("Each kept file without an end date hangs on a record"))
def attached() -> Iterator[str]:
    lonely = kept().filter(expires__isnull=True, created_at__lt=clock.real_now() - GRACE)
    for field in pointers():
        rows = field.related_model._base_manager.filter(**{field.field.name: OuterRef("pk")})
        lonely = lonely.exclude(Exists(rows.order_by()))
    for pk, key in rows_of(lonely, "pk", "key"):
        yield named(StoredFile, pk, key)


@register("files.pending", _("No file is still being stored hours later"))
def pending() -> Iterator[str]:
    late = StoredFile.objects.filter(state=FileState.PENDING, created_at__lt=clock.real_now() - LONGEST_UPLOAD)
    for (pk,) in rows_of(late.order_by("pk"), "pk"):
        yield named(StoredFile, pk)


@register("files.opens", _("What hangs on a record can be opened"))
def opens() -> Iterator[str]:
    for field in pointers():
        model, name = field.related_model, field.field.name
        columns = {column.name for column in model._meta.concrete_fields}
        if "removed_at" not in columns:
            continue  # only attachments promise that their file stays
        shut = Q(removed_at__isnull=True) & ~Q(**{f"{name}__state__in": KEPT})
        for (pk,) in rows_of(model._base_manager.filter(shut).order_by("pk"), "pk"):
            yield named(model, pk)
