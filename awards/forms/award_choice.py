"""Choosing an award: what the committee decides itself stands first, then what goes up, by level."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from catalogue.enums import AwardLevel
from catalogue.models import AwardVersion
from catalogue.queries import authority_level_of
from units.models import Unit

HERE = _("Decided by this committee")


class GroupedAwards(ModelChoiceIterator):
    """The choices in groups, each in the order of the catalogue."""

    field: "AwardField"

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        groups: dict[Any, list[Any]] = {HERE: [], **{level.label: [] for level in reversed(AwardLevel)}}
        for version in self.queryset:
            groups[self.field.group_of(version)].append(self.choice(version))
        yield from ((label, rows) for label, rows in groups.items() if rows)


class AwardField(forms.ModelChoiceField):
    """An award in force; `offer` says which, and to which committee."""

    iterator = GroupedAwards
    level: str | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(AwardVersion.objects.none(), empty_label="–", **kwargs)

    def offer(self, versions: Any, committee: Unit) -> None:
        """Choose among `versions`, of which `committee` decides some."""
        self.level = authority_level_of(committee)
        self.queryset = versions

    def group_of(self, version: AwardVersion) -> Any:
        """The heading under which the award stands."""
        if any(authority.level == self.level for authority in version.authorities.all()):
            return HERE
        return AwardLevel(version.level).label
