"""Forms of the lines of a submission."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import FileKind, Ground
from awards.forms.award_choice import AwardField
from awards.forms.registrations import RecipientField
from awards.models import Nomination, OpenField, Submission
from awards.queries.merits import LONGEST, Draft
from awards.queries.nominations import registrations_for
from awards.services.nomination_steps import FILES, opened
from awards.services.nominations import LineValues, awards_for, classes_for, day_of, only_class, starting_words
from catalogue.enums import Vocabulary
from catalogue.models import Term
from catalogue.queries import terms_on
from core import clock
from core.files.forms import EvidenceField
from core.ui.forms import HouseForm, dress
from units.enums import SubjectKind
from units.models import Subject
from units.queries import find_subjects

NAMES = {SubjectKind.UNIT: _("Name of the collective as printed"),
         SubjectKind.HOUSEHOLD: _("Name of the household as printed")}  # fmt: skip
LONG = forms.Textarea(attrs={"rows": 5})


class PickForm(HouseForm):
    """Whom to propose: found by typing, with or without diacritics."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = find_subjects(user, "", day=clock.today())
        field = RecipientField(user=user, near=near, label=_("Recipient"), max_length=60)
        field.help_text = _("Unit, household, person or group. Persons of the same name are told apart by year of "
                            "birth, post and unit.")  # fmt: skip
        self.fields["subject"] = field
        dress(field)


class LineForm(HouseForm):
    """What is printed of one recipient, and what the statistics count."""

    award_version = AwardField(label=_("Award proposed"))
    honorific = forms.CharField(label=_("Form of address"), max_length=60, required=False)
    printed_name = forms.CharField(label=_("Name as printed"), max_length=300)
    post_then = forms.CharField(label=_("Post"), max_length=300, required=False)
    unit_then = forms.CharField(label=_("Unit as printed"), max_length=300, required=False)
    merit = forms.CharField(label=_("Achievements in short"), widget=LONG, max_length=LONGEST, required=False)
    initiative = forms.CharField(label=_("Initiative"), max_length=500, required=False)
    ground = forms.ChoiceField(label=_("Grounds of the proposal"), choices=[("", "–"), *Ground.choices], required=False)
    subject_class = forms.ChoiceField(label=_("Class of recipient"), required=False)
    field = forms.ModelChoiceField(
        label=_("Field of activity"), queryset=Term.objects.none(), required=False, empty_label="–"
    )
    achievement_year = forms.IntegerField(
        label=_("Year of achievement"),
        min_value=1945,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    position = forms.IntegerField(
        label=_("Position in the list"), min_value=1, max_value=9999, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), help_text=_("Empty: at the end of the list."),
    )  # fmt: skip

    def __init__(self, *args: Any, letter: Submission, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if subject.kind not in (SubjectKind.PERSON, SubjectKind.GROUP):
            for name in ("honorific", "post_then"):  # a collective or a household holds no post
                del self.fields[name]
            self.fields["printed_name"].label = NAMES[SubjectKind(subject.kind)]
            self.fields["unit_then"].label = _("Belongs to, as printed")
        if "\n" in (self.initial.get("merit") or ""):  # paragraphs are read through before they are sent
            self.fields["merit"].widget.attrs["rows"] = 16
        offer(self.fields, letter, subject)

    def values(self) -> LineValues:
        return LineValues(**self.cleaned_data)


def offer(fields: dict[str, Any], letter: Submission, subject: Subject) -> None:
    """Give the choices that hold on the day of the letter for that kind of recipient."""
    day = day_of(letter)
    if "award_version" in fields:
        fields["award_version"].offer(awards_for(subject, day), letter.round.organiser)
    if "field" in fields:
        fields["field"].queryset = terms_on(Vocabulary.FIELD, day)
    if "subject_class" in fields:
        fields["subject_class"].choices = [("", "–"), *((c.value, c.label) for c in classes_for(subject.kind))]


def initial_of(letter: Submission, subject: Subject, draft: Draft) -> dict[str, Any]:
    """What a new line begins with."""
    words = starting_words(subject, day_of(letter))
    more = {"achievement_year": letter.round.year, "subject_class": only_class(subject), "merit": draft.text}
    return {**words, **more}


def values_of(line: Nomination) -> dict[str, Any]:
    """What the form of a line shows."""
    return {name: getattr(line, name) for name in LineForm.base_fields}


class AnswerForm(HouseForm):
    """Only what the reviewer gave back."""

    def __init__(self, *args: Any, line: Nomination, asked: list[OpenField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {row.name for row in asked}
        notes = {row.name: row.note for row in asked}
        whole = LineForm(letter=line.submission, subject=line.subject).fields
        for name in whole:
            if name in opened(names):
                self.fields[name] = whole[name]
                self.fields[name].help_text = notes.get(name, "")
        if FILES in names:
            self.fields[FILES] = EvidenceField(label=_("Papers asked for"), multiple=True, required=False)
            self.fields[FILES].help_text = notes[FILES]
            dress(self.fields[FILES])

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != FILES}

    def uploads(self) -> tuple[Any, ...]:
        return tuple(self.cleaned_data.get(FILES) or ())


class PrefillForm(HouseForm):
    """Which of the titles registered for the year become lines: all, unless somebody unticks some."""

    registrations: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Titles registered"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, letter: Submission, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["registrations"]
        field.queryset = registrations_for(letter, user)
        field.label_from_instance = registration_text
        field.initial = list(field.queryset)


def registration_text(row: Any) -> str:
    """Recipient, post and title of a registration, in one line."""
    who = ", ".join(part for part in (row.printed_name, row.post_then) if part)
    words = f"{who} – {row.award_version.name}"
    return f"{words} ({row.initiative})" if row.initiative else words


class LineFileForm(HouseForm):
    """A paper of the dossier."""

    upload = EvidenceField(label=_("File"), help_text=_("A photograph, PDF or Word file; at most 20 MB."))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(k.value, k.label) for k in (FileKind.ACHIEVEMENTS, FileKind.CERTIFICATE, FileKind.OTHER)],
    )
    label = forms.CharField(label=_("Title of the file"), max_length=150, required=False)
