"""What the reports on commendation share: year and unit as chosen, the committee's title block."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from core import clock
from core.errors import Text
from core.sheets import TitleBlock
from reports.base import Params, ReportContext
from reports.forms import ReportForm
from reports.titles import Issuer, issuer_lines, own_unit
from units.models import Unit


class YearForm(ReportForm):
    """A year of those on record, this one always among them."""

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)

    def offer_years(self, years: Iterable[int | None]) -> None:
        """The years, newest first; rows without one are passed over."""
        known = {clock.today().year, *(year for year in years if year)}
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (year, str(year)) for year in sorted(known, reverse=True)
        ]


class YearAndUnitForm(YearForm):
    """The same, for one unit or for all."""

    unit: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Unit"), queryset=None, required=False, empty_label=gettext_lazy("All units")
    )

    def offer_units(self, seen: "QuerySet[Any]") -> None:
        """Units named by the rows the person may see, in official order."""
        units = Unit.objects.filter(pk__in=seen.order_by().values("unit")).in_official_order()
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


def file_parts(params: Params) -> Sequence[str]:
    """The year, and the unit where one was chosen, for the file's name."""
    unit = params.get("unit")
    return [str(params["year"]), *([unit.name] if unit is not None else [])]


def title_block(ctx: ReportContext, title: Text, *, period: Text = "") -> TitleBlock:
    """Issued for the owner's committee, else their own unit, as of the owner's day."""
    unit = own_unit(ctx.owner)
    issuer = issuer_lines(unit, ctx.day) if unit is not None else Issuer(parent="", issuer="")
    return TitleBlock(
        title=title, period=period, as_of=ctx.day, day=ctx.day, filters=tuple(ctx.form.chosen()), **issuer
    )
