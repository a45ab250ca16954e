"""Title registrations of 2024, by name, by the communes themselves."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from awards.services.title_registrations import Line, register_titles
from catalogue.models import AwardType
from config.demo.pledges import read
from core import clock
from units.enums import SubjectKind
from units.models import Subject, Unit
from units.services.subjects import subject_for

YEAR = 2024


def make_titles(units: Mapping[str, Unit], records: Mapping[str, Any], people: Mapping[str, User]) -> None:
    """Each list on the day it was sent in."""
    for entry in read()["titles"]:
        unit, officer = units[entry["unit"]], people[entry["officer"]]
        with clock.on_day(entry["on"]):
            lines = [
                Line(subject_of(kind, key, unit, records), AwardType.objects.get(code=award), initiative)
                for kind, key, award, initiative in entry["lines"]
            ]
            register_titles(unit=unit, year=YEAR, lines=lines, actor=officer)


def subject_of(kind: str, key: str, unit: Unit, records: Mapping[str, Any]) -> Subject:
    return subject_for(unit=unit) if kind == SubjectKind.UNIT else subject_for(**{kind: records[key]})
