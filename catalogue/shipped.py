"""Reads the data files that come with the product into plain rows; touches no table.

Every row names its text, article and source by key; here the keys become what is stored.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
AWARD_FILES = ("titles.toml", "forms.toml", "orders.toml")
Row = dict[str, Any]


class BadData(ValueError):
    """A data file contradicts itself. Says in which entry."""


@dataclass(frozen=True)
class ShippedAward:
    code: str
    nature: str
    position: int
    versions: list["ShippedVersion"]


@dataclass(frozen=True)
class ShippedVersion:
    """`values` are the columns of the version; `text` and those of the lines name a text by its code."""

    values: Row
    subjects: list[Row] = field(default_factory=list)
    authorities: list[Row] = field(default_factory=list)
    dossier_items: list[Row] = field(default_factory=list)
    rules: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Shipped:
    digest: str
    texts: list[Row]
    values: list[Row]
    terms: list[Row]
    awards: list[ShippedAward]


class Reader:
    """One reading of a folder of data files."""

    def __init__(self, folder: Path = DATA) -> None:
        self.folder = folder
        self.sources = self._load("sources.toml")
        self.dossiers = self._load("dossiers.toml")

    def _load(self, name: str) -> dict[str, Any]:
        with (self.folder / name).open("rb") as file:
            return tomllib.load(file, parse_float=Decimal)

    def read(self) -> Shipped:
        """Everything. Raises BadData where an entry names what does not exist or overlaps itself."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.glob("*.toml")):
            digest.update(path.read_bytes())
        shipped = Shipped(
            digest.hexdigest(), list(self.texts()), list(self.values()), list(self.terms()), list(self.awards())
        )
        check_texts(shipped)
        return shipped

    def cited(self, row: Mapping[str, Any]) -> Row:
        """The columns of a citation: text (by code), article, source, link, mark."""
        key = row.get("source", "")
        if key and key not in self.sources:
            raise BadData(f"There is no source {key!r}.")
        source = self.sources.get(key, {})
        return {
            "text": row.get("text", ""),
            "article": row.get("article", ""),
            "source": source.get("title", ""),
            "link": source.get("link", ""),
            "mark": row.get("mark", "unchecked"),
        }

    def texts(self) -> Iterator[Row]:
        for code, row in self._load("texts.toml").items():
            place = self.cited(row)
            yield {
                "code": code,
                "symbol": row["symbol"],
                "cite": row["cite"],
                "title": row["title"],
                "issued": row.get("issued"),
                "in_force_from": row.get("in_force_from"),
                "in_force_to": row.get("in_force_to"),
                "source": place["source"],
                "link": place["link"],
                "mark": place["mark"],
                "note": row.get("note", ""),
            }

    def values(self) -> Iterator[Row]:
        for code, entry in self._load("values.toml").items():
            for row, until in with_ends(code, entry["rows"]):
                yield {
                    "code": code,
                    "name": entry["name"],
                    "group": entry["group"],
                    "unit": entry.get("unit", ""),
                    "valid_from": row["from"],
                    "valid_to": until,
                    "value": None if row.get("value") is None else Decimal(row["value"]),
                    "words": row.get("words", ""),
                    "note": row.get("note", ""),
                    **self.cited(row),
                }

    def terms(self) -> Iterator[Row]:
        for vocabulary, entry in self._load("terms.toml").items():
            for position, (code, name) in enumerate(entry["rows"], start=1):
                yield {
                    "vocabulary": vocabulary,
                    "code": code,
                    "name": name,
                    "position": position,
                    "valid_from": entry["from"],
                    "valid_to": entry.get("to"),
                    "note": entry.get("note", ""),
                    **self.cited(entry),
                }

    def awards(self) -> Iterator[ShippedAward]:
        position = 0
        for name in AWARD_FILES:
            data = self._load(name)
            for entry in data["award"]:
                position += 1
                award = {**data.get("defaults", {}), **entry}
                versions = [
                    self.version({**award, **row}, until) for row, until in with_ends(award["code"], award["versions"])
                ]
                yield ShippedAward(award["code"], award["nature"], position, versions)

    def version(self, row: Mapping[str, Any], until: date | None) -> ShippedVersion:
        cited = self.cited(row)
        values = {
            "name": row["name"],
            "short": row.get("short", ""),
            "conferred": row.get("conferred", ""),
            "level": row["level"],
            "route": row.get("route", ""),
            "needs_council": row.get("needs_council"),
            "majority_num": row.get("majority_num"),
            "majority_den": row.get("majority_den"),
            "majority_base": row.get("majority_base", ""),
            "valid_from": row["from"],
            "valid_to": until,
            "note": row.get("note", ""),
            **cited,
        }
        return ShippedVersion(
            values,
            subjects=[
                {"kind": line["kind"], "coefficient": coefficient(line), **self.cited(line)}
                for line in row.get("subjects", [])
            ],
            authorities=[{"level": line["level"], **self.cited(line)} for line in row.get("authorities", [])],
            dossier_items=self.dossier(row),
            rules=self.rules(row),
        )

    def dossier(self, row: Mapping[str, Any]) -> list[Row]:
        if "dossier" not in row:
            return []
        dossier = self.dossiers[row["dossier"]]
        return [
            {
                "position": position,
                "code": line["code"],
                "name": line["name"],
                "ground": line.get("ground", ""),
                **self.cited(dossier),
            }
            for position, line in enumerate(dossier["items"], start=1)
        ]

    def rules(self, row: Mapping[str, Any]) -> list[Row]:
        """A condition rests on its award's article unless it says where else it was read."""
        own = {name: row.get(name, "") for name in ("text", "article", "source")}
        return [
            {
                "position": position,
                "code": line["code"],
                "words": line["words"],
                "params": line.get("params", {}),
                "weight": line.get("weight", "warn"),
                **self.cited({**own, **line}),
            }
            for position, line in enumerate(row.get("rules", []), start=1)
        ]


def coefficient(line: Mapping[str, Any]) -> Decimal | None:
    return Decimal(line["coefficient"]) if "coefficient" in line else None


def with_ends(code: str, rows: list[Row]) -> Iterator[tuple[Row, date | None]]:
    """Rows with the day they end: their own `to`, else the day the next one begins."""
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        begins = following["from"] if following else None
        until = row.get("to", begins)
        if (begins is not None and (until is None or until > begins)) or (until is not None and until <= row["from"]):
            raise BadData(f"{code}: the rows from {row['from']} overlap or run backwards.")
        yield row, until


def check_texts(shipped: Shipped) -> None:
    """Raises BadData for a citation of a text that no file holds."""
    known = {row["code"] for row in shipped.texts} | {""}
    cited = [*shipped.values, *shipped.terms]
    for award in shipped.awards:
        for version in award.versions:
            cited += [version.values, *version.subjects, *version.authorities, *version.dossier_items, *version.rules]
    unknown = {row["text"] for row in cited} - known
    if unknown:
        raise BadData(f"There are no texts {', '.join(sorted(unknown))}.")


def read_shipped(folder: Path = DATA) -> Shipped:
    """The catalogue as it comes with the product."""
    return Reader(folder).read()
