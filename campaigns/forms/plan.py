"""Forms of the plan's table: the row asks only name, measure, target, direction; the rest is optional."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.enums import Direction, IndicatorKind, MoneyScale, TargetForm, TargetSource
from campaigns.models import FocusArea, Indicator, Target
from campaigns.services.indicators import FIELDS, NUMERIC
from core.text import BadDate, BadNumber, fold, format_date, format_number, parse_date, parse_number
from core.ui.forms import DateField, HouseForm, HouseModelForm, NumberField
from units.enums import UnitKind
from units.models import Unit

SCALES = ((MoneyScale.BILLION, "ty dong"), (MoneyScale.MILLION, "trieu dong"), (MoneyScale.THOUSAND, "nghin dong"),
          (MoneyScale.DONG, "dong"))  # fmt: skip


def default_of(model: type[models.Model], name: str) -> Any:
    """What a column holds where nothing is said."""
    field: Any = model._meta.get_field(name)
    return field.get_default()


class FocusAreaForm(HouseModelForm):
    class Meta:
        model = FocusArea
        fields = ["title", "body"]
        widgets = {"title": forms.TextInput(), "body": forms.Textarea(attrs={"rows": 6})}


def kind_from(measure: str, direction: str) -> str:
    """The kind a measure speaks of, where none was chosen: "%" a percentage, "triệu đồng" money."""
    folded = fold(measure)
    if direction == Direction.ZERO:
        return IndicatorKind.COUNT
    if folded in ("%", "phan tram"):
        return IndicatorKind.PERCENT
    return IndicatorKind.MONEY if scale_from(measure) else IndicatorKind.NUMBER


def scale_from(measure: str) -> str:
    """The scale of a measure that is money alone; "triệu đồng/người" is a rate, not money."""
    folded = fold(measure)
    return next((scale.value for scale, words in SCALES if folded == words), "")


def read_target(text: str, kind: str) -> Any:
    """What was typed as a target, by the indicator's kind. Raises ValidationError."""
    try:
        if kind == IndicatorKind.DATE:
            return parse_date(text)
        return parse_number(text, percent=kind == IndicatorKind.PERCENT)
    except (BadNumber, BadDate) as error:
        raise ValidationError(error.message) from error


class IndicatorForm(HouseModelForm):
    """One row of the plan. `target` is read by the kind: a number, a day, or words."""

    target = forms.CharField(label=_("Target"), required=False, max_length=500)
    high = NumberField(label=_("Up to"), required=False, decimal_places=4,
                       help_text=_("Only for a range “from … to …”."))  # fmt: skip
    strict = forms.BooleanField(label=_("Better than the target, not equal to it"), required=False)
    due_on = DateField(label=_("Own due day"), required=False, help_text=_("Empty: the end of the campaign."))
    source = forms.ChoiceField(label=_("Set by"), choices=TargetSource.choices, required=False)
    base = NumberField(label=_("Last year's result"), required=False, decimal_places=4)
    kinds = forms.MultipleChoiceField(
        label=_("Applies to"), choices=UnitKind.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: every unit."),
    )  # fmt: skip

    class Meta:
        model = Indicator
        fields = sorted(FIELDS - {"scale", "form"})
        widgets = {"guide": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.required = False
        kind.choices = [("", _("As the unit of measure says")), *IndicatorKind.choices]  # type: ignore[attr-defined]
        for name in ("rollup", "cumulation", "weight", "explanation", "evidence"):
            self.fields[name].required = False
        self.fields["office"].empty_label = _("No office")  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial["kind"] = ""
        self.initial = {**self.initial, **self._target_initial()}

    def _target_initial(self) -> dict[str, Any]:
        if not self.instance.pk:
            return {}
        given: dict[str, Any] = {"kinds": [row.kind for row in self.instance.unit_kinds.all()]}
        target = self.instance.targets.filter(unit=None).order_by("-revision__number").first()
        if target is None:
            return given
        ranged = self.instance.form == TargetForm.RANGE
        value = target.low if ranged or target.low is not None else target.high
        text = format_number(value) if value is not None else target.words
        if self.instance.kind == IndicatorKind.DATE:
            text = format_date(target.due_on) if target.due_on else ""
        return given | {
            "target": text, "high": target.high if ranged else None, "source": target.source, "base": target.base,
            "due_on": target.due_on, "strict": target.low_strict or target.high_strict,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        measure, direction = data.get("measure", ""), data.get("direction", Direction.HIGHER)
        data["kind"] = data.get("kind") or kind_from(measure, direction)
        data["scale"] = scale_from(measure) or self.instance.scale
        data["form"] = TargetForm.RANGE if data.get("high") is not None else TargetForm.VALUE
        for name in ("rollup", "cumulation", "weight", "explanation", "evidence"):
            if data.get(name) in (None, ""):
                data[name] = default_of(Indicator, name)
        text = data.get("target", "")
        if text and data["kind"] in (*NUMERIC, IndicatorKind.DATE):
            try:
                data["value"] = read_target(text, data["kind"])
            except ValidationError as error:
                self.add_error("target", error)
        return data

    def _post_clean(self) -> None:
        """The service checks what fields mean together; the model's own checks would not know the kind."""

    def values(self) -> dict[str, Any]:
        """The indicator's own fields, for the service."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}

    def asked(self) -> dict[str, Any]:
        """The common target, for the service; empty where nothing is asked for."""
        data = self.cleaned_data
        asked: dict[str, Any] = {
            "due_on": data.get("due_on"), "base": data.get("base"),
            "source": data.get("source") or default_of(Target, "source"),
        }  # fmt: skip
        value, ceiling = data.get("value"), data.get("direction") == Direction.LOWER
        if data["kind"] == IndicatorKind.DATE:
            asked["due_on"] = value or data.get("due_on")
        elif isinstance(value, Decimal) and data["form"] == TargetForm.RANGE:
            asked |= {"low": value, "high": data["high"]}
        elif isinstance(value, Decimal):
            side = "high" if ceiling else "low"
            asked |= {side: value, f"{side}_strict": bool(data.get("strict"))}
        elif data.get("target"):
            asked["words"] = data["target"]
        return asked


class UnitTargetForm(HouseForm):
    """The target of one unit; empty means the common one."""

    assigned = forms.BooleanField(label=_("Assigned"), required=False)
    target = forms.CharField(label=_("Target of this unit"), required=False, max_length=60)

    def __init__(self, *args: Any, unit: Unit, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"u{unit.pk}", **kwargs)
        self.unit, self.indicator = unit, indicator
        self.fields["target"].widget.attrs |= {"class": "form-control num", "inputmode": "decimal"}

    def clean_target(self) -> Any:
        text = self.cleaned_data["target"]
        return read_target(text, self.indicator.kind) if text else None

    def asked(self) -> dict[str, Any]:
        """The target's fields, for the service."""
        value = self.cleaned_data["target"]
        if self.indicator.kind == IndicatorKind.DATE:
            return {"due_on": value}
        return {"high" if self.indicator.direction == Direction.LOWER else "low": value}


class PasteForm(HouseForm):
    """Rows pasted from Excel: name, unit of measure, target."""

    rows = forms.CharField(
        label=_("Rows from Excel"), max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One indicator a row: name, unit of measure, target – copied as three columns."),
    )  # fmt: skip
