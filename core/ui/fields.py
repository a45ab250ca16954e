"""Form fields that read what Vietnamese officials type."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import BadDate, BadNumber, format_date, format_number, parse_date, parse_number


class NumberField(forms.Field):
    """A figure as typed: 1.234,5. On error the text stays as it was typed."""

    widget = forms.TextInput
    default_error_messages = {
        "min_value": _("The number must be greater than or equal to %(limit)s."),
        "max_value": _("The number must be less than or equal to %(limit)s."),
        "places": _("Enter at most %(places)s digits after the comma."),
    }

    def __init__(
        self,
        *,
        min_value: Decimal | int | None = None,
        max_value: Decimal | int | None = None,
        decimal_places: int | None = None,
        percent: bool = False,
        **kwargs: Any,
    ) -> None:
        self.min_value, self.max_value = min_value, max_value
        self.decimal_places, self.percent = decimal_places, percent
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "class": "num", "data-number": "", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return format_number(value)
        return value

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, Decimal | int):
            return Decimal(value)
        text = str(value).strip()
        try:
            return parse_number(text, percent=self.percent)
        except BadNumber as error:
            raise ValidationError(error.message, code="invalid") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            self._refuse("min_value", limit=format_number(self.min_value))
        if self.max_value is not None and value > self.max_value:
            self._refuse("max_value", limit=format_number(self.max_value))
        places = max(0, -int(value.as_tuple().exponent))
        if self.decimal_places is not None and places > self.decimal_places:
            self._refuse("places", places=self.decimal_places)

    def _refuse(self, code: str, **params: Any) -> None:
        raise ValidationError(self.error_messages[code], code=code, params=params)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class DateField(forms.Field):
    """A day typed as dd/mm/yyyy in a plain box: browsers show date pickers in their own language."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            "inputmode": "numeric",
            "class": "day",
            "placeholder": _("dd/mm/yyyy"),
            "maxlength": "10",
            "autocomplete": "off",
            "data-date": "",
        }

    def prepare_value(self, value: Any) -> Any:
        return format_date(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value).strip())
        except BadDate as error:
            raise ValidationError(error.message, code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
