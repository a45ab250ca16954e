"""The field by which evidence comes in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.files.errors import BadFile
from core.files.incoming import Checked, check_upload
from core.files.kinds import ACCEPT


class EvidenceInput(forms.FileInput):
    """A plain file input; `multiple` lets several files be chosen at once."""

    allow_multiple_selected = True

    def __init__(self, *, multiple: bool = False) -> None:
        super().__init__(attrs={"accept": ACCEPT, "multiple": multiple})
        self.multiple = multiple

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if self.multiple and hasattr(files, "getlist"):
            return files.getlist(name)
        return files.get(name)


class EvidenceField(forms.FileField):
    """A file, or with `multiple` several, checked like everything that comes in.

    Cleans to `Checked` (None where nothing was chosen), with `multiple` to a list of them: hand each to
    ``files.store`` inside the service. Nothing is stored by the form.
    """

    widget: Any = EvidenceInput
    default_error_messages = {"required": _("Choose a file.")}

    def __init__(self, *, multiple: bool = False, **kwargs: Any) -> None:
        self.multiple = multiple
        super().__init__(**{"widget": EvidenceInput(multiple=multiple), **kwargs})

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        try:
            return check_upload(data)
        except BadFile as error:
            raise ValidationError(self._named(data, error), code="bad_file") from None

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The checked file or files. `initial` is of no account: what is stored is changed by services."""
        if not self.multiple:
            return self._clean_one(data)
        given = [one for one in (data or []) if one not in self.empty_values]
        if self.required and not given:
            raise ValidationError(self.error_messages["required"], code="required")
        found: list[Checked] = []
        errors: list[ValidationError] = []
        for one in given:
            try:
                found.append(self.to_python(one))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return found

    def _clean_one(self, data: Any) -> Checked | None:
        checked: Checked | None = self.to_python(data)
        if checked is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return checked

    def _named(self, upload: Any, error: BadFile) -> str:
        """Of several files, say which one is meant."""
        return f"“{upload.name}”: {error}" if self.multiple else str(error)
