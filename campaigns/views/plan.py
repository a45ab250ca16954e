"""Step 2: focus areas and indicators, edited in place one row at a time.

The row in edit is named in the address (``?edit=12``, ``?new=3``, ``?area=3``), so that the page works
without JavaScript; with it, only the table is exchanged.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from campaigns.enums import Direction
from campaigns.forms.plan import (
    FocusAreaForm,
    IndicatorForm,
    PasteForm,
    UnitTargetForm,
    kind_from,
    read_target,
    scale_from,
)
from campaigns.models import Campaign, FocusArea, Indicator
from campaigns.queries.plan import plan_of, plans_of
from campaigns.services.focus_areas import add_focus_area, edit_focus_area, move_focus_area, remove_focus_area
from campaigns.services.indicators import (
    add_indicator,
    clear_unit_target,
    edit_indicator,
    move_indicator,
    remove_indicator,
    set_unit_target,
)
from campaigns.services.launching import units_of
from campaigns.services.pasting import paste_indicators
from campaigns.views.writing import WRITE, Step, step_url
from core.errors import ServiceError
from core.text import format_date, format_number
from core.ui.views import ActionView, DetailPage, FormPage


class PlanStep(Step, DetailPage):
    step = "plan"
    template_name = "campaigns/writing_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given: dict[str, Any] = {"plan": plan_of(self.object)}
        return super().get_context_data(**{**given, **kwargs})


class InPlan(Step, FormPage):
    """A form that stands inside the plan's page, at its row."""

    step = "plan"
    template_name = "campaigns/writing_plan.html"
    at = ""

    @property
    def campaign(self) -> Campaign:
        """The campaign whose plan is shown around the form."""
        record: Any = self.object
        campaign: Campaign = record if isinstance(record, Campaign) else record.campaign
        return campaign

    def get_success_url(self, result: Any) -> str:
        return f"{step_url(self.campaign, 'plan')}#{self.anchor(result)}"

    def anchor(self, result: Any) -> str:
        return f"i{result.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"plan": plan_of(self.campaign), "at": self.at, "at_pk": self.object.pk}
        return super().get_context_data(**{**given, **kwargs})


class FocusAreaCreate(InPlan):
    model, permission, form_class, at = Campaign, WRITE, FocusAreaForm, "new-area"

    def perform(self, form: Any) -> FocusArea:
        return add_focus_area(campaign_id=self.object.pk, actor=self.request.user, **form.cleaned_data)

    def anchor(self, result: Any) -> str:
        return f"a{result.pk}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": None}


class FocusAreaEdit(InPlan):
    model, permission, form_class, at = FocusArea, WRITE, FocusAreaForm, "area"

    def perform(self, form: Any) -> FocusArea:
        return edit_focus_area(focus_area_id=self.object.pk, actor=self.request.user, **form.cleaned_data)

    def anchor(self, result: Any) -> str:
        return f"a{result.pk}"


class IndicatorCreate(InPlan):
    model, permission, form_class, at = FocusArea, WRITE, IndicatorForm, "new-indicator"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": None}

    def perform(self, form: Any) -> Indicator:
        return add_indicator(
            focus_area_id=self.object.pk, actor=self.request.user, target=form.asked(),
            unit_kinds=form.cleaned_data["kinds"], **form.values(),
        )  # fmt: skip

    def get_success_url(self, result: Any) -> str:
        if "another" in self.request.POST:
            return f"{reverse('campaigns:indicator_create', args=[self.object.pk])}#edit"
        return super().get_success_url(result)


class IndicatorEdit(InPlan):
    model, permission, form_class, at = Indicator, WRITE, IndicatorForm, "indicator"

    def perform(self, form: Any) -> Indicator:
        return edit_indicator(
            indicator_id=self.object.pk, actor=self.request.user, target=form.asked(),
            unit_kinds=form.cleaned_data["kinds"], **form.values(),
        )  # fmt: skip


class PlanPaste(InPlan):
    """Rows copied from Excel become indicators of a focus area, all of them or none."""

    model, permission, form_class, at = FocusArea, WRITE, PasteForm, "paste"

    def perform(self, form: Any) -> Any:
        paste_indicators(
            focus_area_id=self.object.pk, text=form.cleaned_data["rows"], read=read_row, actor=self.request.user
        )
        return self.object

    def anchor(self, result: Any) -> str:
        return f"a{result.pk}"


def read_row(cells: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(fields, target) of one pasted row. Raises ServiceError for a target that cannot be read."""
    name, measure, text = [*cells, "", "", ""][:3]
    kind = kind_from(measure, Direction.HIGHER)
    values = {"name": name, "measure": measure, "kind": kind, "scale": scale_from(measure)}
    if not text:
        return values, {}
    try:
        value = read_target(text, kind)
    except ValidationError as error:
        raise ServiceError(" ".join(error.messages), field="rows") from error
    return values, {"low": value} if isinstance(value, Decimal) else {}


class PlanAct(ActionView):
    """Move or remove a row of the plan."""

    permission = WRITE

    def get_success_url(self, result: Any) -> str:
        return step_url(self.object.campaign, "plan")

    def get_back_url(self) -> str:
        return step_url(self.object.campaign, "plan")


class FocusAreaMove(PlanAct):
    title, model = gettext_lazy("Move the focus area"), FocusArea

    def perform(self, form: Any) -> None:
        up = self.request.POST.get("to") == "up"
        move_focus_area(focus_area_id=self.object.pk, up=up, actor=self.request.user)


class FocusAreaRemove(PlanAct):
    title, model = gettext_lazy("Remove the focus area"), FocusArea

    def perform(self, form: Any) -> None:
        remove_focus_area(focus_area_id=self.object.pk, actor=self.request.user)


class IndicatorMove(PlanAct):
    title, model = gettext_lazy("Move the indicator"), Indicator

    def perform(self, form: Any) -> None:
        up = self.request.POST.get("to") == "up"
        move_indicator(indicator_id=self.object.pk, up=up, actor=self.request.user)


class IndicatorRemove(PlanAct):
    title, model = gettext_lazy("Remove the indicator"), Indicator

    def perform(self, form: Any) -> None:
        remove_indicator(indicator_id=self.object.pk, actor=self.request.user)


class IndicatorTargets(Step, FormPage):
    """The target of each unit: the common one, another, or "không giao"."""

    model, permission, step = Indicator, WRITE, "plan"
    template_name = "campaigns/writing_targets.html"
    keeps_draft = False

    @property
    def campaign(self) -> Campaign:
        campaign: Campaign = self.object.campaign
        return campaign

    def get_form(self) -> Any:
        return None

    def rows(self) -> list[UnitTargetForm]:
        units = units_of(self.campaign)
        own = {t.unit_id: t for t in self.object.targets.exclude(unit=None)}
        assigned = {
            pk: any(line.assigned for line in plan.lines() if line.indicator.pk == self.object.pk)
            for pk, plan in plans_of(self.campaign, units).items()
        }
        data = self.request.POST if self.request.method == "POST" else None
        return [
            UnitTargetForm(
                data, unit=unit, indicator=self.object,
                initial={"assigned": assigned[unit.pk], "target": shown_target(own.get(unit.pk))},
            )
            for unit in units
        ]  # fmt: skip

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = self.rows()
        if any([row.errors for row in rows]):  # noqa: C419 -- every row must be asked, to show its own error
            return self.render_to_response(self.get_context_data(form=None, rows=rows))
        return self.once(lambda: self.write(rows))

    def write(self, rows: list[UnitTargetForm]) -> Any:
        given: dict[str, Any] = {"indicator_id": self.object.pk, "actor": self.request.user}
        for row in rows:
            value = row.cleaned_data["target"]
            if not row.cleaned_data["assigned"]:
                set_unit_target(unit=row.unit, assigned=False, **given)
            elif value is not None:
                set_unit_target(unit=row.unit, **row.asked(), **given)
            else:
                clear_unit_target(unit=row.unit, **given)
        return self.object

    def get_success_url(self, result: Any) -> str:
        return f"{step_url(result.campaign, 'plan')}#i{result.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"indicator": self.object, "rows": kwargs.pop("rows", None) or self.rows()}
        return super().get_context_data(**{**given, **kwargs})


def shown_target(target: Any) -> str:
    if target is None or not target.assigned:
        return ""
    value = target.low if target.low is not None else target.high
    if value is not None:
        return format_number(value)
    return format_date(target.due_on) if target.due_on else ""
