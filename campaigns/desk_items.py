"""What of campaigns, pledges and reports stands on a desk: a turn for each state somebody is to move."""

from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import desk_beginnings, desk_extensions
from campaigns.enums import CampaignState, ParticipationState, PledgeState, ReportState
from campaigns.models import Extension
from campaigns.queries.periods import day_of
from campaigns.workflows import (
    CAMPAIGN,
    ON_PAPER,
    PARTICIPATION,
    PLEDGE,
    REPORT,
    came_on_paper,
    has_symbol,
)
from core import clock
from core.text import format_date
from core.turns import BEGINNINGS, Bundle, Words, desk_for
from units.turns import held

PAPER = Q(on_behalf=True, paper_signed_on__isnull=False) & ~Q(paper_symbol="")
"""`came_on_paper` as a condition."""
BY_CAMPAIGN = "participation__campaign"
UNITS_OWN = "The unit itself decides whether it joins."
AT_REST = "Settled; changed only when somebody asks for it."
TAKEN_BACK = "The head has it; taking it back is a wish, not a task."


def quoted(reason: str) -> str:
    return f"“{reason.strip()}”" if reason.strip() else ""


def joined(*parts: Any) -> str:
    """The parts that say something, in one line that begins with a capital."""
    return capfirst(" · ".join(str(part) for part in parts if str(part)))


def and_others(name: Any, count: int) -> str:
    """The first of several units, and how many more."""
    if count == 1:
        return str(name)
    return ngettext("%(name)s and %(count)s other unit", "%(name)s and %(count)s other units", count - 1) % {
        "name": name, "count": count - 1,
    }  # fmt: skip


def waiting_since(since: date | None) -> str:
    """For how long the oldest has waited."""
    days = (clock.today() - since).days if since is not None else 0
    if days <= 0:
        return ""
    return ngettext("the longest waits %(count)s day", "the longest waits %(count)s days", days) % {"count": days}


def board_url(campaign_id: int, query: str = "") -> str:
    return reverse("campaigns:campaign_units", args=[campaign_id]) + query


# --- Campaigns ---


def campaign_draft(bundle: Bundle) -> Words:
    row = bundle.record
    return Words(
        _("Campaign being written: %(title)s") % {"title": row.title},
        _("Not launched yet; the units do not see it."),
        _("Continue writing"), reverse("campaigns:campaign_write", args=[row.pk, "general"]),
    )  # fmt: skip


def campaign_over(bundle: Bundle) -> Words:
    row = bundle.record
    why = _("Ended on %(day)s; its results can be summed up and the campaign closed.") % {
        "day": format_date(row.ends_on)
    }
    if row.awaits_symbol:
        why = _("Ended on %(day)s; the number and date of its plan are still to be entered.") % {
            "day": format_date(row.ends_on)
        }
    url = reverse("campaigns:campaign_detail", args=[row.pk])
    return Words(_("Close the campaign: %(title)s") % {"title": row.title}, why, _("Sum up and close"), url)


def campaign_closed(bundle: Bundle) -> Words:
    row = bundle.record
    day = format_date(day_of(row.closed_at)) if row.closed_at else ""
    return Words(
        _("Put into the archive: %(title)s") % {"title": row.title},
        _("Closed on %(day)s.") % {"day": day} if day else "",
        _("Open the campaign"), reverse("campaigns:campaign_detail", args=[row.pk]),
    )  # fmt: skip


def enter_campaigns() -> None:
    desk = desk_for(CAMPAIGN, right=held(organiser="organiser"), guards={has_symbol: Q()}, due_field=DateField)
    desk.turn(CampaignState.DRAFT, by="campaigns.launch_campaign", words=campaign_draft, icon="pencil")
    desk.turn(
        CampaignState.LAUNCHED, by="campaigns.close_campaign", words=campaign_over, icon="flag",
        ready=lambda _user, day: Q(ends_on__lt=day),
    )  # fmt: skip
    desk.turn(CampaignState.CLOSED, by="campaigns.close_campaign", words=campaign_closed, icon="archive")
    desk.rest(
        CampaignState.DRAFT, CampaignState.LAUNCHED, to=[CampaignState.CANCELLED],
        because="Giving a campaign up is nobody's task.",
    )  # fmt: skip


# --- Joining ---


def invited(bundle: Bundle) -> Words:
    row = bundle.record
    one = bundle.count == 1
    title = _("Invited to the campaign: %(title)s") % {"title": row.campaign.title}
    why = joined(and_others(row, bundle.count), _("joins by sending its pledge, or says why it does not join"))
    url = reverse("campaigns:pledge_edit", args=[row.pk]) if one else reverse("campaigns:unit_work")
    return Words(title, why, _("Enter the pledge") if one else _("See the units"), url)


def invited_on_paper(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("Enter the decision to join of %(unit)s") % {"unit": row}
    url = reverse("campaigns:participation_decide", args=[row.pk])
    return Words(title, joined(row.campaign.title, row.paper_symbol), _("Enter the decision"), url)


def enter_participations() -> None:
    desk = desk_for(
        PARTICIPATION, right=held(organiser="campaign__organiser", unit="unit"), guards={came_on_paper: PAPER},
        related=["campaign", "unit"], due_field=DateField,
    )  # fmt: skip

    def unanswered(_user: Any, _day: date) -> Q:
        """Once a pledge is begun its own item says what is to be done: sending it joins."""
        return Q(campaign__state=CampaignState.LAUNCHED, pledge__isnull=True)

    def due(_user: Any, _day: date) -> Any:
        return F("campaign__pledge_due_on")

    desk.turn(
        ParticipationState.INVITED, by="campaigns.decide_joining", words=invited, icon="mail", group="campaign",
        ready=unanswered, due=due,
    )  # fmt: skip
    desk.turn(
        ParticipationState.INVITED, by=ON_PAPER, words=invited_on_paper, icon="mail",
        ready=unanswered, due=due,
    )  # fmt: skip
    desk.rest(ParticipationState.JOINED, ParticipationState.NOT_JOINING, because=UNITS_OWN)


# --- Pledges ---


def pledge_title(bundle: Bundle) -> str:
    return _("Pledge: %(title)s") % {"title": bundle.record.participation.campaign.title}


def pledge_url(bundle: Bundle, name: str = "pledge_edit") -> str:
    """The pledge itself; of several units, the list of what they owe."""
    if bundle.count > 1:
        return reverse("campaigns:unit_work")
    return reverse(f"campaigns:{name}", args=[bundle.record.participation_id])


def pledge_draft(bundle: Bundle) -> Words:
    why = joined(and_others(bundle.record.participation, bundle.count), _("being written, not sent yet"))
    return Words(pledge_title(bundle), why, _("Continue the pledge"), pledge_url(bundle))


def pledge_with_head(bundle: Bundle) -> Words:
    why = joined(and_others(bundle.record.participation, bundle.count), _("waits for you to confirm and send"))
    return Words(pledge_title(bundle), why, _("Confirm and send"), pledge_url(bundle, "pledge_detail"))


def pledge_returned(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("Pledge returned: %(title)s") % {"title": row.participation.campaign.title}
    return Words(title, joined(row.participation, quoted(row.return_reason)), _("Mend the pledge"), pledge_url(bundle))


def pledge_on_paper(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("Pledge entered on behalf of %(unit)s") % {"unit": row.participation}
    why = joined(row.participation.campaign.title, row.paper_symbol, quoted(row.return_reason))
    url = reverse("campaigns:pledge_detail", args=[row.participation_id])
    return Words(title, why, _("Continue entering"), url)


def pledge_sent(bundle: Bundle) -> Words:
    row = bundle.record
    campaign = row.participation.campaign
    title = ngettext("Take in %(count)s pledge", "Take in %(count)s pledges", bundle.count) % {"count": bundle.count}
    names = and_others(row.participation, bundle.count)
    url = board_url(campaign.pk, "?step=pledge&state=waiting")
    if bundle.count == 1:
        url = reverse("campaigns:pledge_detail", args=[row.participation_id])
    return Words(title, joined(names, waiting_since(bundle.since), campaign.title), _("Take in pledges"), url)


def pledge_due(_user: Any, _day: date) -> Any:
    return F("participation__campaign__pledge_due_on")


def pledge_due_again(_user: Any, day: date) -> Any:
    """What was returned after the day has no day: it was sent once, and is no later for being mended."""
    path = "participation__campaign__pledge_due_on"
    return Case(When(**{f"{path}__gte": day}, then=F(path)), default=Value(None), output_field=DateField())


def joining_now(_user: Any, _day: date) -> Q:
    """Of units that have not declined, in campaigns that run: nothing else can be sent."""
    return Q(participation__campaign__state=CampaignState.LAUNCHED) & ~Q(
        participation__state=ParticipationState.NOT_JOINING
    )


def running(_user: Any, _day: date) -> Q:
    return Q(participation__campaign__state=CampaignState.LAUNCHED)


OF_UNIT = held(organiser="participation__campaign__organiser", unit="participation__unit")


def enter_pledges() -> None:
    desk = desk_for(
        PLEDGE, right=OF_UNIT, guards={came_on_paper: PAPER}, due_field=DateField,
        related=["participation__campaign", "participation__unit"],
    )  # fmt: skip
    of_unit: dict[str, Any] = {"ready": joining_now, "due": pledge_due}
    edit, send = "campaigns.edit_pledge", "campaigns.send_pledge"
    desk.turn(PledgeState.DRAFT, by=[edit, send], words=pledge_draft, icon="checklist", group=BY_CAMPAIGN, **of_unit)
    desk.turn(PledgeState.WITH_HEAD, by=send, words=pledge_with_head, icon="user-check", group=BY_CAMPAIGN, **of_unit)
    desk.turn(
        PledgeState.RETURNED, by=[edit, send], words=pledge_returned, icon="arrow-back-up", ready=joining_now,
        due=pledge_due_again,
    )  # fmt: skip
    desk.turn(
        PledgeState.SENT, by="campaigns.take_in_pledge", words=pledge_sent, icon="inbox", group=BY_CAMPAIGN,
        ready=running, since="sent_at",
    )  # fmt: skip
    for state, due in (
        (PledgeState.DRAFT, pledge_due), (PledgeState.WITH_HEAD, pledge_due), (PledgeState.RETURNED, pledge_due_again),
    ):  # fmt: skip
        desk.turn(state, by=ON_PAPER, words=pledge_on_paper, icon="checklist", ready=joining_now, due=due)
    desk.rest(PledgeState.WITH_HEAD, to=[PledgeState.DRAFT], because=TAKEN_BACK)


# --- Reports ---


def report_name(bundle: Bundle) -> str:
    return _("Report %(period)s") % {"period": bundle.record.period.name}


def report_url(bundle: Bundle, name: str = "report_edit") -> str:
    if bundle.count > 1:
        return reverse("campaigns:unit_work")
    return reverse(f"campaigns:{name}", args=[bundle.record.pk])


def told_of(bundle: Bundle, what: str) -> str:
    participation = bundle.record.participation
    return joined(and_others(participation, bundle.count), what, participation.campaign.title)


def report_draft(bundle: Bundle) -> Words:
    why = told_of(bundle, _("being written, not sent yet"))
    return Words(report_name(bundle), why, _("Continue the report"), report_url(bundle))


def report_with_head(bundle: Bundle) -> Words:
    why = told_of(bundle, _("waits for you to confirm and send"))
    return Words(report_name(bundle), why, _("Confirm and send"), report_url(bundle, "report_detail"))


def report_returned(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("Report %(period)s was returned") % {"period": row.period.name}
    return Words(title, joined(row.participation, quoted(row.return_reason)), _("Mend the report"), report_url(bundle))


def report_on_paper(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("Report %(period)s entered on behalf of %(unit)s") % {
        "period": row.period.name,
        "unit": row.participation,
    }
    why = joined(row.paper_symbol, quoted(row.return_reason), row.participation.campaign.title)
    return Words(title, why, _("Continue entering"), report_url(bundle, "report_detail"))


def of_period(bundle: Bundle, state: str) -> str:
    """The report itself; of several, the board of their period."""
    row = bundle.record
    if bundle.count == 1:
        return reverse("campaigns:report_detail", args=[row.pk])
    return board_url(row.participation.campaign_id, f"?period={row.period_id}&state={state}")


def report_sent(bundle: Bundle) -> Words:
    values = {"count": bundle.count, "period": bundle.record.period.name}
    title = (
        ngettext("Take in %(count)s report %(period)s", "Take in %(count)s reports %(period)s", bundle.count) % values
    )
    return Words(
        title, told_of(bundle, waiting_since(bundle.since)), _("Take in reports"), of_period(bundle, "waiting")
    )


def report_accepted(bundle: Bundle) -> Words:
    values = {"count": bundle.count, "period": bundle.record.period.name}
    title = ngettext(
        "Close the figures of %(count)s report %(period)s", "Close the figures of %(count)s reports %(period)s",
        bundle.count,
    ) % values  # fmt: skip
    return Words(title, told_of(bundle, _("accepted")), _("Close the figures"), of_period(bundle, "approved"))


def report_reopened(bundle: Bundle) -> Words:
    row = bundle.record
    title = _("Figures reopened: report %(period)s of %(unit)s") % {
        "period": row.period.name,
        "unit": row.participation,
    }
    return Words(title, quoted(row.reopened_reason), _("Open the report"), report_url(bundle, "report_detail"))


def report_due(_user: Any, _day: date) -> Any:
    """The unit's own deadline: its newest extension, else the period's."""
    moved = Extension.objects.filter(participation=OuterRef("participation"), period=OuterRef("period"))
    return Coalesce(Subquery(moved.order_by("-pk").values("due_at")[:1]), F("period__due_at"))


def report_due_again(_user: Any, day: date) -> Any:
    """As for a pledge: what was returned after its day has none."""
    return Case(When(period__due_at__date__gte=day, then=F("period__due_at")), default=Value(None))


def enter_reports() -> None:
    desk = desk_for(
        REPORT, right=OF_UNIT, guards={came_on_paper: PAPER},
        related=["participation__campaign", "participation__unit", "period"],
    )  # fmt: skip
    of_unit: dict[str, Any] = {"ready": joining_now, "due": report_due, "group": "period"}
    edit, send, close = "campaigns.edit_report", "campaigns.send_report", "campaigns.close_report"
    desk.turn(ReportState.DRAFT, by=[edit, send], words=report_draft, icon="file-text", **of_unit)
    desk.turn(ReportState.WITH_HEAD, by=send, words=report_with_head, icon="user-check", **of_unit)
    desk.turn(
        ReportState.RETURNED, by=[edit, send], words=report_returned, icon="arrow-back-up", ready=joining_now,
        due=report_due_again,
    )  # fmt: skip
    desk.turn(
        ReportState.SENT, by="campaigns.take_in_report", words=report_sent, icon="inbox", group="period",
        ready=running, since="sent_at",
    )  # fmt: skip
    desk.turn(ReportState.ACCEPTED, by=close, words=report_accepted, icon="lock", group="period", ready=running)
    desk.turn(ReportState.REOPENED, by=close, also=[edit], words=report_reopened, icon="lock-open", ready=running)
    for state, due in (
        (ReportState.DRAFT, report_due), (ReportState.WITH_HEAD, report_due), (ReportState.RETURNED, report_due_again),
    ):  # fmt: skip
        desk.turn(state, by=ON_PAPER, words=report_on_paper, icon="file-text", ready=joining_now, due=due)
    desk.rest(ReportState.WITH_HEAD, to=[ReportState.DRAFT], because=TAKEN_BACK)
    desk.rest(ReportState.CLOSED, because=AT_REST)


def enter() -> None:
    """Called when the application starts."""
    enter_campaigns()
    enter_participations()
    enter_pledges()
    enter_reports()
    desk_extensions.enter()
    BEGINNINGS.add("pledges", desk_beginnings.pledges_to_begin)
    BEGINNINGS.add("reports", desk_beginnings.reports_to_begin)
    BEGINNINGS.add("unsent_pledges", desk_beginnings.pledges_not_sent)
    BEGINNINGS.add("unsent_reports", desk_beginnings.reports_not_sent)
