"""The base of every form: clean Vietnamese text, errors above and at the field, one look."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.models import ModelFormMetaclass
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.translation import gettext_lazy as _

from core.sheets.model import Limits
from core.text import clean_line, nfc
from core.ui.choices import SuggestField
from core.ui.fields import DateField, NumberField

__all__ = [
    "DateField", "HouseForm", "HouseFormMixin", "HouseModelForm", "HouseRenderer", "NumberField",
    "ReasonForm", "SuggestField",
]  # fmt: skip


class HouseRenderer(TemplatesSetting):
    """One template set for all forms, so that no page lays out a field by itself."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"


class HouseBoundField(BoundField):
    """Ties a field to its hint and to its error for screen readers."""

    @property
    def kind(self) -> str:
        """How the field is laid out: ``check`` (label after the box), ``file``, ``group`` or ``plain``."""
        widget = self.field.widget
        if isinstance(widget, forms.FileInput):
            return "file"
        if isinstance(widget, forms.CheckboxInput):
            return "check"
        return "group" if self.use_fieldset else "plain"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}_error"

    @property
    def help_id(self) -> str:
        return f"{self.auto_id}_help"

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        described = [self.help_id] if self.help_text else []
        if self.form.is_bound and self.errors:
            described.insert(0, self.error_id)
        if described:
            built["aria-describedby"] = " ".join(described)
        return built


def clean_text(inner: Callable[[Any], Any], cleaner: Callable[[str], str], value: Any) -> Any:
    """What the field makes of the value, with its letters composed and stray marks gone."""
    text = inner(value)
    return cleaner(text) if isinstance(text, str) else text


def clean_lines(text: str) -> str:
    """The text of many lines; empty if nothing in it can be seen."""
    return nfc(text) if clean_line(text) else ""


def bound(field: forms.Field) -> None:
    """Give an open field the bounds of what keeps its value: a column of whole numbers, a cell of a workbook."""
    if isinstance(field, forms.IntegerField) and field.max_value is None:
        field.max_value = MOST_WHOLE
        field.validators.append(MaxValueValidator(MOST_WHOLE))
    if isinstance(field, forms.CharField) and field.max_length is None and isinstance(field.widget, forms.Textarea):
        field.max_length = LONGEST_TEXT
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
        field.widget.attrs["maxlength"] = str(LONGEST_TEXT)


class HouseFormMixin:
    """Cleans every text, bounds every field and gives widgets their classes.

    A text of one line loses doubled blanks; a text of many keeps its lines. Passwords stay as typed.
    """

    default_renderer: Any = HouseRenderer
    bound_field_class: Any = HouseBoundField
    fields: dict[str, forms.Field]

    @property
    def error_count(self) -> int:
        """How many things are to be mended."""
        errors: dict[str, list[str]] = self.errors  # type: ignore[attr-defined]
        return sum(len(words) for words in errors.values())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)
            bound(field)
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
                lines = isinstance(field.widget, forms.Textarea)
                inner = field.to_python
                field.to_python = partial(clean_text, inner, clean_lines if lines else clean_line)  # type: ignore[method-assign]


LONGEST_TEXT = Limits().text  # what is typed must stand whole in a report's cell
MOST_WHOLE = 2**31 - 1  # the largest number that a column of whole numbers holds on every database
DJANGO_ROWS = "10"  # what Django gives a text area that names no height
CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.Select, "form-select"),
    (Input, "form-control"),
    (forms.Textarea, "form-control"),
]


def dress(field: forms.Field) -> None:
    """Give a field's widget the class of its kind, and the words for being left empty."""
    widget = field.widget
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        chosen = isinstance(field, forms.ChoiceField)
        field.error_messages["required"] = _("Nothing is chosen here yet.") if chosen else _("This is still empty.")
    if isinstance(field, forms.IntegerField):  # Django's own words for these are poor Vietnamese
        field.error_messages.setdefault("min_value", _("The number must be greater than or equal to %(limit_value)s."))
        field.error_messages.setdefault("max_value", _("The number must be less than or equal to %(limit_value)s."))
    css = next((css for kind, css in CLASSES if isinstance(widget, kind)), "")
    given = str(widget.attrs.get("class", ""))
    if css and css not in given.split():
        widget.attrs["class"] = f"{css} {given}".strip()
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == DJANGO_ROWS:
        widget.attrs["rows"] = "4"


class HouseForm(HouseFormMixin, forms.Form):
    """A form that is not of one model."""


def house_field(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Days and decimals of a model in the house's own fields."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return db_field.formfield(form_class=DateField, **kwargs)
    if isinstance(db_field, models.DecimalField):
        return NumberField(
            required=not db_field.blank,
            label=kwargs.get("label", _cap(db_field.verbose_name)),
            help_text=kwargs.get("help_text", db_field.help_text),
            decimal_places=db_field.decimal_places,
        )
    return db_field.formfield(**kwargs)


def _cap(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


class HouseModelFormMeta(ModelFormMetaclass):
    """Makes the fields of each model form by `house_field`, also where its Meta stands alone."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> type:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(house_field)
        return super().__new__(mcs, name, bases, attrs)


class HouseModelForm(HouseFormMixin, forms.ModelForm, metaclass=HouseModelFormMeta):
    """A form of one model. It only reads and checks; the service writes."""

    def save(self, commit: bool = True) -> Any:
        raise NotImplementedError("Services write; a form only reads and checks.")


class ReasonForm(HouseForm):
    """The words that must stand beside a return, an override, a cancellation."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
