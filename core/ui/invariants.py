"""Invariants of the parts of core that are no apps of their own: keys of texts, states and their trail."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from core.audit.models import Entry
from core.invariants import chunks, named, register, rows_of
from core.text.keyed import keyed_models
from core.text.rebuilding import stale_rows
from core.workflow import WORKFLOWS, Workflow


@register("text.keys", _("Search and sort keys are those of their texts (mended by rebuild_keys)"))
def keys() -> Iterator[str]:
    for model in keyed_models():
        for row in stale_rows(model):
            yield named(model, row.pk)


@register("audit.states", _("Each state stands in the audit trail, step by step, and the last one is the record's"))
def states() -> Iterator[str]:
    """A state written past the services has no entry; an entry written past them names a state nobody is in."""
    installed = set(apps.get_models())
    for workflow in (one for one in WORKFLOWS.values() if one.model in installed):
        for chunk in chunks(rows_of(workflow.model._base_manager.order_by("pk"), "pk", workflow.field)):
            yield from _of_chunk(workflow, dict(chunk))


def _of_chunk(workflow: Workflow[Any], stored: dict[Any, str]) -> Iterator[str]:
    first = str(workflow.model._meta.get_field(workflow.field).get_default())
    traced = dict.fromkeys(stored, first)
    steps = _entries(workflow).filter(subject_id__in=[str(pk) for pk in stored]).order_by("pk")
    by_text = {str(pk): pk for pk in stored}
    for subject_id, before, after in rows_of(steps, "subject_id", "before", "after"):
        pk = by_text[subject_id]
        if before != traced[pk]:
            yield named(workflow.model, pk, f"{traced[pk]} … {before} → {after}")
        traced[pk] = after
    for pk, state in stored.items():
        if state != traced[pk]:
            yield named(workflow.model, pk, f"{traced[pk]} ≠ {state}")


def _entries(workflow: Workflow[Any]) -> models.QuerySet[Any]:
    entries = Entry.objects.filter(subject_type=workflow.model._meta.label_lower, changes__has_key=workflow.field)
    before, after = (KT(f"changes__{workflow.field}__{place}") for place in (0, 1))
    steps: models.QuerySet[Any] = entries.annotate(before=before, after=after)
    return steps


@register("audit.subjects", _("A record that has left its first state in the audit trail is still there"))
def subjects() -> Iterator[str]:
    """Drafts may be thrown away; what was once sent, accepted or decided is ended, never deleted."""
    for workflow in WORKFLOWS.values():
        model = workflow.model
        first = str(model._meta.get_field(workflow.field).get_default())
        told = rows_of(_entries(workflow).order_by("subject_id", "pk"), "subject_id", "after")
        groups = groupby(told, key=itemgetter(0))
        for chunk in chunks(pk for pk, steps in groups if any(after != first for _pk, after in steps)):
            there = {str(pk) for pk in model._base_manager.filter(pk__in=chunk).values_list("pk", flat=True)}
            yield from (named(model, pk) for pk in chunk if pk not in there)
