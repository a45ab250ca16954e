"""Forms of title registrations."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.services.title_registrations import FIRST_YEAR, LAST_YEAR, Line
from campaigns.forms.pledge import PaperForm
from catalogue.enums import Nature
from catalogue.models import AwardType
from catalogue.queries import award_versions_on
from core import clock
from core.errors import ServiceError
from core.ui.choices import SuggestSelect
from core.ui.forms import DateField, HouseForm, dress
from units.models import Unit
from units.queries import Candidate, find_subjects
from units.reach import line_of
from units.seats import seat_of
from units.services.subjects import subject_by_ref

LINES = 5
EDIT = "campaigns.edit_title_registration"


class Offered(BaseChoiceIterator):
    """The choices of a recipient's box: what was chosen, and what its search found."""

    def __init__(self, field: "RecipientField") -> None:
        self.field = field

    def __iter__(self) -> Iterator[tuple[str, str]]:
        yield "", "–"
        for row in self.field.offered:
            yield row.ref, f"{row.text} – {row.note}" if row.note else row.text


class RecipientField(forms.CharField):
    """A unit, person, household or group, found by typing; the value is a reference to it."""

    def __init__(self, *, user: User, near: list[Candidate], **kwargs: Any) -> None:
        self.user, self.near = user, near
        self.offered: list[Candidate] = []
        super().__init__(widget=SuggestSelect(url_name="units:subject_suggest"), **kwargs)
        self.widget.choices = Offered(self)

    def narrow(self, value: Any, words: str) -> bool:
        """What the box offers without a script. Returns whether that is every row."""
        self.offered = find_subjects(self.user, words, day=clock.today()) if words else list(self.near)
        if value and value not in {row.ref for row in self.offered}:
            self.offered.insert(0, Candidate(str(value), self.name_of(str(value)), ""))
        return False

    def name_of(self, ref: str) -> str:
        try:
            return str(subject_by_ref(ref, actor=self.user))
        except ServiceError:
            return ref


def title_choices() -> list[tuple[str, str]]:
    """Titles in force today, by the identity of the award."""
    rows = award_versions_on(clock.today(), nature=Nature.TITLE)
    return [("", "–"), *((str(row.type_id), row.name) for row in rows)]


def award_of(value: str) -> AwardType:
    return AwardType.objects.get(pk=int(value))


class RegistrationForm(HouseForm):
    """A list of up to five recipients with their titles, of one unit and year."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    year = forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    school_year = forms.BooleanField(label=_("School year that begins in this year"), required=False)
    registered_on = DateField(label=_("Registered on"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        units = Unit.objects.visible_to(user).filter(pk__in=places_of(user)).in_official_order()
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        near = find_subjects(user, "", day=clock.today())
        titles = title_choices()
        for number in range(1, LINES + 1):
            self.fields[f"subject_{number}"] = RecipientField(
                user=user, near=near, label=_("Recipient"), required=False, max_length=60
            )
            self.fields[f"award_{number}"] = forms.ChoiceField(label=_("Title"), choices=titles, required=False)
            self.fields[f"initiative_{number}"] = forms.CharField(
                label=_("Initiative meant"), max_length=500, required=False
            )
            for part in ("subject", "award", "initiative"):
                dress(self.fields[f"{part}_{number}"])

    def rows(self) -> list[tuple[int, list[Any]]]:
        """The boxes of each line, for the page."""
        return [(n, [self[f"{part}_{n}"] for part in ("subject", "award", "initiative")]) for n in range(1, LINES + 1)]

    def header(self) -> list[Any]:
        return [self[name] for name in self.fields if not name[-1].isdecimal()]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, LINES + 1):
            subject, award = data.get(f"subject_{number}"), data.get(f"award_{number}")
            if subject and not award:
                self.add_error(f"award_{number}", _("Choose the title."))
            if (award or data.get(f"initiative_{number}")) and not subject:
                self.add_error(f"subject_{number}", _("Choose the recipient."))
        if not any(data.get(f"subject_{number}") for number in range(1, LINES + 1)) and not self.errors:
            self.add_error("subject_1", _("Enter at least one recipient with a title."))
        return data

    def lines(self) -> dict[int, Line]:
        """The lines filled in, by their number on the page. Raises ServiceError for a recipient out of scope."""
        data, lines = self.cleaned_data, {}
        for number in range(1, LINES + 1):
            if not data.get(f"subject_{number}"):
                continue
            try:
                subject = subject_by_ref(data[f"subject_{number}"], actor=self.user)
            except ServiceError as error:
                raise ServiceError(error.message, field=f"subject_{number}") from error
            award = award_of(data[f"award_{number}"])
            lines[number] = Line(subject, award, data[f"initiative_{number}"])
        return lines


class RegistrationOnPaperForm(RegistrationForm, PaperForm):
    """The same, from a unit's paper, entered by the standing body."""


class ChangeForm(HouseForm):
    award = forms.ChoiceField(label=_("Title"))
    initiative = forms.CharField(label=_("Initiative meant"), max_length=500, required=False)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award"].choices = title_choices()[1:]  # type: ignore[attr-defined]


def places_of(user: User) -> frozenset[int]:
    """The units for which the user may register: their own side's, and those below their committees."""
    mine = seat_of(user)
    committees = mine.units_where(EDIT) & mine.organiser_unit_ids
    below = line_of(committees, on=clock.today()).values_list("unit", flat=True) if committees else []
    return mine.places_for(EDIT) | frozenset(below)
