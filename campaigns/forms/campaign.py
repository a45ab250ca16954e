"""Forms about a campaign itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import FileKind
from campaigns.models import Campaign
from campaigns.services.copying import templates
from core.files.forms import EvidenceField
from core.ui.forms import DateField, HouseForm, HouseModelForm
from units.models import Unit
from units.seats import seat_of

EMPTY = "empty"
COPY = "copy"


class StartForm(HouseForm):
    """How a new campaign begins: from a template, from an earlier campaign, or empty."""

    title = forms.CharField(label=_("Title of the campaign"), max_length=500)
    organiser = forms.ModelChoiceField(label=_("Organiser"), queryset=Unit.objects.none(), empty_label=None)
    start = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect)
    source = forms.ModelChoiceField(
        label=_("Earlier campaign"), queryset=Campaign.objects.none(), required=False,
        help_text=_("Words, focus areas, indicators and common targets are taken over; days and units are not."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=seat_of(user).units_where("campaigns.write_campaign"))
        self.organisers = units.in_official_order()
        earlier = Campaign.objects.visible_to(user).order_by("-starts_on", "-pk")
        organiser, start, source = (self.fields[name] for name in ("organiser", "start", "source"))
        organiser.queryset, source.queryset = self.organisers, earlier  # type: ignore[attr-defined]
        choices = [(key, data["name"]) for key, data in templates().items()]
        if earlier.exists():
            choices.append((COPY, _("An earlier campaign")))
        else:
            del self.fields["source"]
        start.choices = [*choices, (EMPTY, _("An empty campaign"))]  # type: ignore[attr-defined]
        self.initial.setdefault("start", choices[0][0])
        if len(self.organisers) == 1:
            organiser.widget = forms.HiddenInput()
            self.initial["organiser"] = self.organisers[0].pk

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("start") == COPY and not data.get("source"):
            self.add_error("source", _("Choose the campaign to start from."))
        return data


class GeneralForm(HouseModelForm):
    """Step 1: what the Law asks a movement to say (Article 17)."""

    class Meta:
        model = Campaign
        fields = [
            "title", "form", "scope", "theme", "goal", "participants", "criteria", "measures", "instrument",
            "instrument_words", "symbol", "signed_on", "signer_then", "parent_text", "margin",
        ]  # fmt: skip
        widgets = {
            "theme": forms.Textarea(attrs={"rows": 2}),
            "goal": forms.Textarea(attrs={"rows": 5}),
            "participants": forms.Textarea(attrs={"rows": 2}),
            "criteria": forms.Textarea(attrs={"rows": 3}),
            "measures": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "symbol": _("May follow after the launch; needed before the campaign is closed."),
            "margin": _("A result counts as exceeding when it is better than the target by this share of it."),
        }


class TimeForm(HouseModelForm):
    """Step 4: from when to when, and until when units pledge."""

    class Meta:
        model = Campaign
        fields = ["starts_on", "ends_on", "end_event", "pledge_due_on"]
        help_texts = {
            "end_event": _("Where no last day is set, e.g. “until the congress ends”."),
            "pledge_due_on": _("A later pledge is still taken, and marked as late."),
        }


class PaperForm(HouseForm):
    """Number, date, signer and scan of the plan, which may follow the launch."""

    symbol = forms.CharField(label=_("Number and symbol"), max_length=100)
    signed_on = DateField(label=_("Signed on"))
    signer_then = forms.CharField(label=_("Signer"), max_length=300, required=False)
    scan = EvidenceField(label=_("Signed plan"), required=False)


class DocumentForm(HouseForm):
    """A paper for the campaign's documents."""

    upload = EvidenceField(label=_("File to add"))
    label = forms.CharField(label=_("Shown as"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (FileKind.PLAN, FileKind.ANNEX, FileKind.GUIDE, FileKind.OTHER)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class AddUnitForm(HouseForm):
    """One more unit for a launched campaign."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class UnitsForm(HouseForm):
    """Step 3: the units a campaign goes to."""

    units = forms.ModelMultipleChoiceField(
        label=_("Units taking part"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one unit.")},
    )  # fmt: skip

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]
