"""What waits for a person, counted."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from awards.queries.decisions import to_sign
from awards.queries.waiting import lines_to_mend, waiting_letters
from campaigns.enums import CampaignState, PledgeState, ReportState
from campaigns.models import Campaign, Pledge, ProgressReport
from campaigns.queries.duties import duties_of
from units.seats import seat_of


def drafts(user: Any) -> QuerySet[Campaign]:
    """Campaigns that are being written, of committees for which the person writes."""
    writing = seat_of(user).units_where("campaigns.write_campaign")
    return Campaign.objects.visible_to(user).filter(organiser__in=writing, state=CampaignState.DRAFT)


def count_drafts(user: Any) -> int:
    return drafts(user).count()


def address_of_drafts(user: Any) -> str:
    """The only draft itself, else the list."""
    keys = list(drafts(user).order_by().values_list("pk", flat=True)[:2])
    if len(keys) == 1:
        return reverse("campaigns:campaign_write", args=[keys[0], "general"])
    return f"{reverse('campaigns:campaign_list')}?state={CampaignState.DRAFT}"


def sent_pledges(user: Any) -> QuerySet[Pledge]:
    """Pledges that units sent and the person may accept or return."""
    taking = seat_of(user).units_where("campaigns.take_in_pledge")
    return Pledge.objects.visible_to(user).filter(
        state=PledgeState.SENT,
        participation__campaign__organiser__in=taking,
        participation__campaign__state=CampaignState.LAUNCHED,
    )


def count_sent_pledges(user: Any) -> int:
    return sent_pledges(user).count()


def address_of_sent_pledges(user: Any) -> str:
    """The board of the only campaign concerned, else the list of campaigns."""
    keys = list(sent_pledges(user).order_by().values_list("participation__campaign", flat=True).distinct()[:2])
    if len(keys) == 1:
        return reverse("campaigns:campaign_units", args=keys)
    return reverse("campaigns:campaign_list")


def count_nominations(user: Any) -> int:
    """Letters to take in, letters to send, and lines to mend."""
    return waiting_letters(user).count() + lines_to_mend(user).count()


def address_of_nominations(user: Any) -> str:
    """The only letter that waits, else the list of rounds."""
    keys = list(waiting_letters(user).values_list("pk", flat=True)[:2])
    if len(keys) == 1:
        return reverse("awards:submission_detail", args=keys)
    return reverse("awards:round_list")


def sent_reports(user: Any) -> QuerySet[ProgressReport]:
    """Reports that units sent and the person may accept or return."""
    taking = seat_of(user).units_where("campaigns.take_in_report")
    return ProgressReport.objects.visible_to(user).filter(
        state=ReportState.SENT,
        participation__campaign__organiser__in=taking,
        participation__campaign__state=CampaignState.LAUNCHED,
    )


def count_sent_reports(user: Any) -> int:
    return sent_reports(user).count()


def address_of_sent_reports(user: Any) -> str:
    """The board of the only period concerned, else the list of campaigns."""
    rows = sent_reports(user).order_by().values_list("participation__campaign", "period").distinct()[:2]
    keys = list(rows)
    if len(keys) == 1:
        return f"{reverse('campaigns:campaign_units', args=[keys[0][0]])}?period={keys[0][1]}"
    return reverse("campaigns:campaign_list")


def count_duties(user: Any) -> int:
    """Pledges and reports that the person's units still owe."""
    return sum(duty.open for duty in duties_of(user))


def address_of_decisions(user: Any) -> str:
    """The only decision that waits for the signature, else the list of those at signature."""
    keys = list(to_sign(user).order_by().values_list("pk", flat=True)[:2])
    if len(keys) == 1:
        return reverse("awards:decision_detail", args=keys)
    return f"{reverse('awards:decision_list')}?state=at_signature"
