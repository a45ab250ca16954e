"""Brings the tables to what the data files say: again and again with the same outcome.

What somebody here entered or changed (`shipped` false) is left alone. A version of an award that a
record points to keeps its content for ever; only the day it ends may still be set.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalogue.models import (
    AwardAuthority,
    AwardRule,
    AwardSubject,
    AwardType,
    AwardVersion,
    CatalogueLoad,
    DossierItem,
    LegalText,
    LegalValue,
    Term,
)
from catalogue.references import referenced_versions
from catalogue.shipped import DATA, Row, Shipped, ShippedVersion, read_shipped
from core import audit
from core.clock import real_now
from core.errors import ServiceError

LINES: dict[str, type[models.Model]] = {
    "subjects": AwardSubject,
    "authorities": AwardAuthority,
    "dossier_items": DossierItem,
    "rules": AwardRule,
}


class CatalogueFrozen(ServiceError):
    """A data file changes what records already rest on; a change of the law is a new version."""


@dataclass
class LoadReport:
    """What a loading did, by printed names."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.created and not self.changed


@transaction.atomic
def load_catalogue(*, actor: User | None = None, folder: Path = DATA) -> LoadReport:
    """Load the data files. Raises CatalogueFrozen, BadData; then nothing was written.

    Changed rows are audited one by one, new ones by the entry of the loading, which counts them.
    """
    loading = Loading(read_shipped(folder), actor)
    loading.run()
    return loading.report


class Loading:
    """One loading: knows the rows before, writes the differences."""

    def __init__(self, shipped: Shipped, actor: User | None) -> None:
        self.shipped = shipped
        self.actor = actor
        self.report = LoadReport()
        self.frozen: list[str] = []
        self.counts: dict[str, list[int]] = {}

    def run(self) -> None:
        self.texts = self.load_texts()
        self.load_rows(LegalValue, self.room_left(), ("code", "valid_from"), LegalValue.objects.filter(scope=None))
        self.load_rows(Term, self.shipped.terms, ("vocabulary", "code", "valid_from"), Term.objects.all())
        self.load_awards()
        if self.frozen:
            raise CatalogueFrozen(
                _("Records rest on these entries, so they cannot be changed: %(names)s.")
                % {"names": ", ".join(self.frozen)}
            )
        if not self.report.is_empty:
            load = CatalogueLoad.objects.create(digest=self.shipped.digest, loaded_at=real_now())
            audit.record("catalogue.loaded", actor=self.actor, subject=load, changes=self.counts)

    # --- Rows that stand alone ---

    def load_texts(self) -> dict[str, LegalText]:
        self.load_rows(LegalText, self.shipped.texts, ("code",), LegalText.objects.all(), cited=False)
        return {text.code: text for text in LegalText.objects.all()}

    def load_rows(
        self,
        model: type[Any],
        rows: Iterable[Row],
        key: tuple[str, ...],
        stored: models.QuerySet[Any],
        *,
        cited: bool = True,
    ) -> None:
        before = {tuple(getattr(row, name) for name in key): row for row in stored}
        new = []
        for row in rows:
            values = self.with_text(row) if cited else row
            known = before.get(tuple(values[name] for name in key))
            if known is None:
                new.append(model(**values, shipped=True))
            elif not known.shipped:
                self.report.kept.append(str(known))
            else:
                self.change(known, values)
        model.objects.bulk_create(new)
        self.count(model, len(before), len(new))
        self.report.created += [str(row) for row in new]

    def room_left(self) -> list[Row]:
        """The shipped values without those on whose days somebody here entered another one."""
        entered = defaultdict(list)
        for value in LegalValue.objects.filter(scope=None, shipped=False):
            entered[value.code].append(value)
        left = []
        for row in self.shipped.values:
            others = [value for value in entered[row["code"]] if value.valid_from != row["valid_from"]]
            if any(overlap(value, row) for value in others):
                self.report.kept.append(row["name"])
            else:
                left.append(row)
        return left

    def with_text(self, row: Mapping[str, Any]) -> Row:
        """The row with its text's code replaced by the text."""
        return {**row, "text": self.texts.get(row["text"])}

    def change(self, known: Any, values: Mapping[str, Any]) -> None:
        """Write and audit what differs."""
        changes = differences(known, values)
        if not changes:
            return
        for name in changes:
            setattr(known, name, values[name])
        known.save(update_fields=list(changes))
        audit.record("catalogue_entry.changed", actor=self.actor, subject=known, changes=changes)
        self.report.changed.append(str(known))

    def count(self, model: type[models.Model], before: int, new: int) -> None:
        if new:
            self.counts[model._meta.model_name or ""] = [before, before + new]

    # --- Awards and their versions ---

    def load_awards(self) -> None:
        types = {award.code: award for award in AwardType.objects.all()}
        stored = {
            (version.type.code, version.valid_from): version
            for version in AwardVersion.objects.filter(scope=None)
            .select_related("type", "text")
            .prefetch_related(*(f"{name}__text" for name in LINES))
        }
        referenced = referenced_versions(version.pk for version in stored.values())
        new = [award for award in self.shipped.awards if award.code not in types]
        made = AwardType.objects.bulk_create(
            [AwardType(code=award.code, nature=award.nature, position=award.position) for award in new]
        )
        types |= {award.code: award for award in made}
        self.count(AwardType, len(types) - len(made), len(made))
        fresh: list[tuple[AwardVersion, ShippedVersion]] = []
        for award in self.shipped.awards:
            for version in award.versions:
                known = stored.get((award.code, version.values["valid_from"]))
                if known is None:
                    values = self.with_text(version.values)
                    fresh.append((AwardVersion(type=types[award.code], **values, shipped=True), version))
                else:
                    self.compare(known, version, is_referenced=known.pk in referenced)
        self.create_versions(fresh, len(stored))

    def create_versions(self, fresh: list[tuple[AwardVersion, ShippedVersion]], before: int) -> None:
        AwardVersion.objects.bulk_create([row for row, _version in fresh])
        for name, model in LINES.items():
            model._default_manager.bulk_create(
                [
                    model(version=row, **self.with_text(line))
                    for row, version in fresh
                    for line in getattr(version, name)
                ]
            )
        self.count(AwardVersion, before, len(fresh))
        self.report.created += [f"{row} ({row.valid_from:%d/%m/%Y})" for row, _version in fresh]

    def compare(self, known: AwardVersion, version: ShippedVersion, *, is_referenced: bool) -> None:
        """Bring a stored version to the file's, as far as nothing rests on it."""
        if not known.shipped:
            self.report.kept.append(str(known))
            return
        values = self.with_text(version.values)
        changes = differences(known, values)
        lines = {name: rows for name in LINES if (rows := self.changed_lines(known, version, name)) is not None}
        if is_referenced and (lines or set(changes) - {"valid_to"}):
            self.frozen.append(f"{known} ({known.valid_from:%d/%m/%Y})")
            return
        for name, rows in lines.items():
            model: Any = LINES[name]
            changes[name] = [getattr(known, name).count(), len(rows)]
            getattr(known, name).all().delete()
            model._default_manager.bulk_create([model(version=known, **row) for row in rows])
        if not changes:
            return
        for name in set(changes) - set(lines):
            setattr(known, name, values[name])
        known.save()
        audit.record("catalogue_entry.changed", actor=self.actor, subject=known, changes=changes)
        self.report.changed.append(f"{known} ({known.valid_from:%d/%m/%Y})")

    def changed_lines(self, known: AwardVersion, version: ShippedVersion, name: str) -> list[Row] | None:
        """The lines of a version as the file has them, or None where they stand so already."""
        wanted = [self.with_text(row) for row in getattr(version, name)]
        present = [
            {column: getattr(line, column) for column in row}
            for line, row in zip(getattr(known, name).all(), wanted, strict=False)
        ]
        same = present == wanted and len(getattr(known, name).all()) == len(wanted)
        return None if same else wanted


def overlap(value: LegalValue, row: Row) -> bool:
    """Whether a stored value and a shipped row hold on a common day."""
    starts_before_end = value.valid_to is None or row["valid_from"] < value.valid_to
    return starts_before_end and (row["valid_to"] is None or value.valid_from < row["valid_to"])


def differences(known: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Column to [before, after], for the columns that differ."""
    found = {}
    for name, value in values.items():
        before = getattr(known, name)
        if before != value:
            found[name] = [plain(before), plain(value)]
    return found


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value
