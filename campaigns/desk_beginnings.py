"""What is to be begun, where no record waits yet, and which units the standing body reminds."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.enums import CampaignState, ParticipationState
from campaigns.models import Extension, Participation, Pledge, ProgressReport, Reminder, ReportingPeriod
from campaigns.queries.duties import SOON
from campaigns.queries.period_steps import NOT_SENT
from campaigns.services.reminding import REMIND
from core import clock
from core.turns import Item, day_of
from units.seats import seat_of

EDIT_PLEDGE, EDIT_REPORT, DECIDE = "campaigns.edit_pledge", "campaigns.edit_report", "campaigns.decide_joining"


def own_running(user: Any, permission: str) -> QuerySet[Participation]:
    """Participations of the units for which `user` holds `permission`, in campaigns that run."""
    places = seat_of(user).sides_for(permission).get("unit", frozenset())
    rows = Participation.objects.visible_to(user).filter(unit__in=places, campaign__state=CampaignState.LAUNCHED)
    return rows.exclude(state=ParticipationState.NOT_JOINING)


def pledges_to_begin(user: Any) -> Iterable[Item]:
    """Of joined units, and of invited ones for those who do not decide whether they join."""
    decides = seat_of(user).sides_for(DECIDE).get("unit", frozenset())
    rows = own_running(user, EDIT_PLEDGE).filter(pledge__isnull=True)
    rows = rows.exclude(state=ParticipationState.INVITED, unit__in=decides)
    grouped = rows.order_by().values("campaign", "campaign__title", "campaign__pledge_due_on")
    for row in grouped.annotate(rows=Count("pk"), first=Min("pk")):
        one = row["rows"] == 1
        yield Item(
            "pledge_to_begin", _("Pledge: %(title)s") % {"title": row["campaign__title"]}, not_begun(row["rows"]),
            _("Enter the pledge") if one else _("See the units"),
            reverse("campaigns:pledge_edit", args=[row["first"]]) if one else reverse("campaigns:unit_work"),
            "checklist", row["campaign__pledge_due_on"], row["rows"],
        )  # fmt: skip


def not_begun(count: int) -> str:
    if count == 1:
        return capfirst(_("not begun yet"))
    return ngettext("%(count)s unit has not begun", "%(count)s units have not begun", count) % {"count": count}


def extended(period: str, participation: str) -> Any:
    """The newest extension of a participation in a period, as an expression."""
    rows = Extension.objects.filter(period=OuterRef(period), participation=OuterRef(participation))
    return Subquery(rows.order_by("-pk").values("due_at")[:1])


def of_periods(rows: QuerySet[Participation]) -> QuerySet[ReportingPeriod, Any]:
    """Each period that has begun with each of the participations `rows` of its campaign: `p` is the participation."""
    periods = ReportingPeriod.objects.filter(
        starts_on__lte=clock.today(), campaign__participations__in=rows.order_by().values("pk")
    )
    return periods.order_by().annotate(
        p=F("campaign__participations"), due=Coalesce(extended("pk", "campaign__participations"), F("due_at"))
    )


def reports_to_begin(user: Any) -> Iterable[Item]:
    """Reports of periods that have begun, of which there is nothing yet."""
    if not seat_of(user).sides_for(EDIT_REPORT):
        return
    begun = ProgressReport.objects.filter(period=OuterRef("pk"), participation=OuterRef("p"))
    found = of_periods(own_running(user, EDIT_REPORT)).filter(~Exists(begun))
    grouped = found.values("pk", "name", "campaign__title").annotate(rows=Count("p"), first=Min("p"), day=Min("due"))
    for row in grouped:
        one = row["rows"] == 1
        place = reverse("campaigns:report_place", args=[row["first"], row["pk"]])
        yield Item(
            "report_to_begin", _("Report %(period)s") % {"period": row["name"]},
            f"{not_begun(row['rows'])} · {row['campaign__title']}",
            _("Enter the report") if one else _("See the units"), place if one else reverse("campaigns:unit_work"),
            "file-text", day_of(row["day"]), row["rows"],
        )  # fmt: skip


# --- Whom the standing body reminds ---


def reminding(user: Any) -> frozenset[int]:
    return seat_of(user).sides_for(REMIND).get("organiser", frozenset())


def to_remind(user: Any) -> QuerySet[Participation]:
    """Units of the user's campaigns that join and were not reminded today."""
    today = Reminder.objects.filter(participation=OuterRef("pk"), day=clock.today())
    rows = Participation.objects.visible_to(user).filter(
        campaign__organiser__in=reminding(user), campaign__state=CampaignState.LAUNCHED
    )
    return rows.exclude(state=ParticipationState.NOT_JOINING).filter(~Exists(today))


def latest() -> date:
    """Up to which due day units are reminded: the coming week."""
    return clock.today() + timedelta(days=SOON)


def unsent(title: str, campaign: int, query: str, row: Mapping[str, Any], due_on: date | None) -> Item:
    count = row["rows"]
    why = f"{row['name']} · {row['title']}" if count == 1 else row["title"]
    url = reverse("campaigns:units_remind", args=[campaign]) + query
    act = ngettext("Remind %(count)s unit", "Remind %(count)s units", count) % {"count": count}
    return Item("units_to_remind", title, why, act, url, "file-alert", due_on, count)


def pledges_not_sent(user: Any) -> Iterable[Item]:
    """One item a campaign whose pledges are due within a week or overdue."""
    if not reminding(user):
        return
    sent = Pledge.objects.filter(participation=OuterRef("pk")).exclude(state__in=["draft", "with_head"])
    rows = to_remind(user).filter(~Exists(sent), campaign__pledge_due_on__lte=latest())
    grouped = rows.order_by().values("campaign").annotate(
        rows=Count("pk"), name=Min("unit_name_then"), title=F("campaign__title"), due=F("campaign__pledge_due_on"),
    )  # fmt: skip
    for row in grouped:
        title = ngettext(
            "%(count)s unit has not sent its pledge", "%(count)s units have not sent their pledges", row["rows"]
        ) % {"count": row["rows"]}
        yield unsent(title, row["campaign"], "?step=pledge", row, row["due"])


def reports_not_sent(user: Any) -> Iterable[Item]:
    """One item a period due within a week or overdue; whoever has more time is not counted."""
    if not reminding(user):
        return
    sent = ProgressReport.objects.filter(period=OuterRef("pk"), participation=OuterRef("p")).exclude(state__in=NOT_SENT)
    more_time = Q(due__gt=F("due_at"), due__gte=clock.now())
    found = of_periods(to_remind(user)).filter(~Exists(sent), due_at__date__lte=latest()).exclude(more_time)
    grouped = found.values("pk", "campaign").annotate(
        rows=Count("p"), period=F("name"), title=F("campaign__title"), due_day=F("due_at"),
        unit=Min("campaign__participations__unit_name_then"),
    )  # fmt: skip
    for row in grouped:
        title = ngettext(
            "%(count)s unit has not sent the report %(period)s", "%(count)s units have not sent the report %(period)s",
            row["rows"],
        ) % {"count": row["rows"], "period": row["period"]}  # fmt: skip
        yield unsent(
            title, row["campaign"], f"?period={row['pk']}", {**row, "name": row["unit"]}, day_of(row["due_day"])
        )  # fmt: skip
