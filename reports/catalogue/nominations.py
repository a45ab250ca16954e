"""Danh sách đề nghị khen thưởng: I collectives, II households, III individuals, as the real forms have it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.enums import DEAD_STATES, NominationState
from awards.models import Nomination, ReviewRound
from awards.queries.nominations import SECTION_TITLES, section_of, with_words
from core.errors import Text
from core.sheets import Column, Group, Sheet, TitleBlock
from reports.awarding import title_block
from reports.base import Params, Report, ReportContext
from reports.enums import ReportGroup
from reports.forms import ReportForm
from reports.registration import register
from units.models import Unit

LIVE, EVERY = "live", "every"


class NominationsForm(ReportForm):
    round: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Round of review"), queryset=None, empty_label=None
    )
    unit: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("Nominating unit"), queryset=None, required=False, empty_label=gettext_lazy("All units")
    )
    rows = forms.ChoiceField(
        label=gettext_lazy("Lines"),
        choices=[
            (LIVE, gettext_lazy("Those that stand")),
            (EVERY, gettext_lazy("Refused and withdrawn ones as well")),
        ],
    )

    def scope_choices(self) -> None:
        rounds = ReviewRound.objects.visible_to(self.user).order_by("-year", "-pk")
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        seen = Nomination.objects.visible_to(self.user).order_by().values("nominating_unit")
        units = Unit.objects.filter(pk__in=seen).in_official_order()
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def starting_values(self) -> Mapping[str, Any]:
        first = ReviewRound.objects.visible_to(self.user).order_by("-year", "-pk").first()
        return {"rows": LIVE, **({"round": first.pk} if first is not None else {})}


@register
class Nominations(Report):
    code = "nominations"
    title = gettext_lazy("List of nominations")
    description = gettext_lazy("Collectives, households and individuals proposed in a round, ready to be attached.")
    group = ReportGroup.COMMENDATION
    preview = (
        gettext_lazy("Form of address"), gettext_lazy("Full name, name of the collective"), gettext_lazy("Post"),
        gettext_lazy("Unit"), gettext_lazy("Award proposed"), gettext_lazy("Class"), gettext_lazy("Field"),
    )  # fmt: skip
    parameters = NominationsForm
    file_stem = "danh-sach-de-nghi"

    def lines_for(self, user: Any, params: Params) -> QuerySet[Nomination]:
        rows = Nomination.objects.visible_to(user).filter(round=params["round"])
        if params["unit"] is not None:
            rows = rows.filter(nominating_unit=params["unit"])
        if params["rows"] == LIVE:
            rows = rows.exclude(state__in=DEAD_STATES)
        return with_words(rows).order_by(
            "nominating_unit__official_order", "nominating_unit__sort_key", "submission", "position", "pk"
        )

    def act_label(self, user: Any, params: Params) -> Text:
        count = self.lines_for(user, params).count()
        return ngettext(
            "Make the Excel file with %(count)s line", "Make the Excel file with %(count)s lines", count
        ) % {"count": count}

    def empty_reason(self, user: Any, params: Params) -> Text:
        if self.lines_for(user, params).exists():
            return ""
        return _("Nobody is proposed in what was chosen.")

    def file_parts(self, params: Params) -> Sequence[str]:
        return [str(params["round"].year), *([params["unit"].name] if params["unit"] is not None else [])]

    def title_block(self, ctx: ReportContext) -> TitleBlock:
        return title_block(ctx, _("List of nominations"), period=ctx.params["round"].title)

    def sheets(self, ctx: ReportContext) -> Iterator[Sheet]:
        columns = [
            Column(_("No."), "ordinal"), Column(_("Form of address"), width=12),
            Column(_("Full name, name of the collective"), width=30), Column(_("Post"), width=22),
            Column(_("Unit"), width=26), Column(_("Award proposed"), width=40),
            Column(_("Class of recipient"), width=20), Column(_("Field of activity"), width=20),
            Column(_("Achievements in short"), width=60), Column(_("State"), width=16),
        ]  # fmt: skip
        yield Sheet(_("List of nominations"), columns=columns, rows=self.rows(ctx), frozen_columns=3, restart=True)

    def rows(self, ctx: ReportContext) -> Iterator[Group | Sequence[object]]:
        """The three parts, one after another; a part without a line is left out."""
        rows = self.lines_for(ctx.owner, ctx.params)
        total, done = rows.count(), 0
        for code, title in SECTION_TITLES.items():
            begun = False
            for line in rows.iterator(chunk_size=1000):
                if section_of(line.subject) != code:
                    continue
                if not begun:
                    yield Group(title)
                    begun = True
                done += 1
                if done % 100 == 0:
                    ctx.checkpoint(done, total)
                yield row_of(line)
        ctx.checkpoint(total, total)

    def notes(self, ctx: ReportContext) -> Sequence[Text]:
        return [
            _("Names, posts and units stand as they are to be printed. Units follow their official order."),
            _("A couple stands among the individuals, any other group among the collectives."),
        ]


def row_of(line: Nomination) -> list[object]:
    """One line as the form has it."""
    return [
        line.honorific, line.printed_name, line.post_then, line.unit_then, line.award_version.name,
        line.get_subject_class_display(), line.field.name if line.field else "", line.merit,
        NominationState(line.state).label,
    ]  # fmt: skip
