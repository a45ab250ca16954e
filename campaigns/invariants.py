"""Invariants of this room: what is stored beside what it can be worked out from."""

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from campaigns.enums import CampaignState
from campaigns.judging import is_short, judge_promise, terms_of, value_of
from campaigns.models import (
    Campaign,
    Extension,
    Figure,
    FigureChange,
    Indicator,
    Participation,
    PledgeLine,
    ProgressReport,
    Target,
)
from campaigns.queries.progress import HELD, report_sheet
from campaigns.typed import plain
from core.audit.models import Entry
from core.invariants import chunks, named, register, rows_of

SAME_CAMPAIGN = (
    (Indicator, "campaign", "focus_area__campaign"),
    (Indicator, "campaign", "since__campaign"),
    (Target, "indicator__campaign", "revision__campaign"),
    (PledgeLine, "pledge__participation__campaign", "indicator__campaign"),
    (PledgeLine, "indicator", "target__indicator"),
    (ProgressReport, "participation__campaign", "period__campaign"),
    (Extension, "participation__campaign", "period__campaign"),
    (Figure, "report__participation__campaign", "indicator__campaign"),
    (Figure, "indicator", "target__indicator"),
)
"""Two ways from a row that must lead to the same record."""


@register("campaigns.joined", _("Rows of one campaign do not point into another"))
def joined() -> Iterator[str]:
    for model, one, other in SAME_CAMPAIGN:
        rows = model._default_manager.exclude(**{one: F(other)}).filter(**{f"{other}__isnull": False})
        yield from (named(model, pk, f"{one} ≠ {other}") for (pk,) in rows_of(rows.order_by("pk"), "pk"))


@register("campaigns.participations", _("A launched campaign has the units it was launched to and those added since"))
def participations() -> Iterator[str]:
    """The trail holds how many there were at the launch and each one added; nobody is taken out after it."""
    counted = Participation.objects.filter(campaign=OuterRef("pk")).order_by().values("campaign")
    there = Subquery(counted.annotate(number=Count("pk")).values("number"))
    for chunk in chunks(rows_of(Campaign.objects.annotate(there=there).order_by("pk"), "pk", "there")):
        entries = Entry.objects.filter(
            subject_type=Campaign._meta.label_lower, subject_id__in=[str(pk) for pk, _count in chunk],
            action__in=("campaign.launched", "campaign.participant_added"),
        )  # fmt: skip
        told: dict[str, int] = {}
        for subject_id, action, changes in rows_of(entries.order_by("pk"), "subject_id", "action", "changes"):
            told[subject_id] = changes["units"][1] if action == "campaign.launched" else told.get(subject_id, 0) + 1
        for pk, count in chunk:
            if str(pk) in told and told[str(pk)] != (count or 0):
                yield named(Campaign, pk, f"{count or 0} ≠ {told[str(pk)]}")


@register("campaigns.names", _("Each unit of a launched campaign keeps the name it had at the launch"))
def names() -> Iterator[str]:
    launched = Q(campaign__launched_at__isnull=False) & ~Q(campaign__state=CampaignState.DRAFT)
    for (pk,) in rows_of(Participation.objects.filter(launched, unit_name_then="").order_by("pk"), "pk"):
        yield named(Participation, pk)


@register("campaigns.verdicts", _("The verdict stored beside each figure is the one worked out anew"))
def verdicts() -> Iterator[str]:
    reports = ProgressReport.objects.select_related("participation__campaign", "participation__unit", "period")
    for report in rows_of(reports.filter(figures__isnull=False).distinct().order_by("pk")):
        for row in report_sheet(report).lines():
            figure = row.counting
            if figure is not None and figure.verdict != row.verdict.value:
                yield named(Figure, figure.pk, f"{figure.verdict or '–'} ≠ {row.verdict.value}")


@register("campaigns.below", _("The mark 'below the target' of each pledged line is the one worked out anew"))
def below() -> Iterator[str]:
    lines = PledgeLine.objects.select_related("indicator", "target", "pledge__participation__campaign")
    for line in rows_of(lines.order_by("pk")):
        terms = terms_of(line.indicator, line.target, line.pledge.participation.campaign)
        if line.is_below != is_short(judge_promise(terms, value_of(line))):
            yield named(PledgeLine, line.pk)


@register("campaigns.changes", _("Each figure is what the last of its recorded changes made it"))
def changes() -> Iterator[str]:
    for chunk in chunks(rows_of(Figure.objects.order_by("pk"))):
        kept = FigureChange.objects.filter(figure__in=chunk).order_by("pk").values_list("figure_id", "after")
        last = dict(kept)
        for figure in chunk:
            if last.get(figure.pk) != {name: plain(getattr(figure, name)) for name in HELD}:
                yield named(Figure, figure.pk)


@register("campaigns.returns", _("A report was returned as often as the audit trail says"))
def returns() -> Iterator[str]:
    for chunk in chunks(rows_of(ProgressReport.objects.order_by("pk"), "pk", "return_count")):
        entries = Entry.objects.filter(
            subject_type=ProgressReport._meta.label_lower, subject_id__in=[str(pk) for pk, _count in chunk],
            action="report.returned",
        )  # fmt: skip
        told = dict(entries.order_by().values_list("subject_id").annotate(Count("pk")))
        for pk, count in chunk:
            if told.get(str(pk), 0) != count:
                yield named(ProgressReport, pk, f"{count} ≠ {told.get(str(pk), 0)}")
