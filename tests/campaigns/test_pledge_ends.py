"""How pledging ends: with the campaign, and where nothing is assigned."""

from datetime import date

import pytest

from campaigns.enums import CampaignState, PledgeState
from campaigns.models import Campaign, PledgeLine
from campaigns.services.campaigns import cancel_campaign
from campaigns.services.participations import CampaignEnded, decide_joining
from campaigns.services.pledge_steps import accept_pledge, return_pledge, send_pledge, submit_to_head, take_back
from campaigns.services.pledges import (
    begin_on_behalf,
    save_note,
)
from core import clock
from tests.campaigns.pledging import fill, launched, paper, place, sent
from tests.campaigns.world import build_committee

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def in_march():
    with clock.on_day(date(2024, 3, 10)):
        yield


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def campaign(committee):
    return launched(committee)


@pytest.fixture
def first(committee, campaign):
    return place(campaign, committee.communes[0])


def test_a_campaign_that_does_not_run_takes_nothing_in(committee, campaign, first):
    pledge = sent(first, committee.unit_officers[0], committee.heads[0])
    third = place(campaign, committee.communes[2])
    draft = begin_on_behalf(participation_id=third.pk, paper=paper(), actor=committee.officer)
    campaign.refresh_from_db()
    cancel_campaign(campaign_id=campaign.pk, version=campaign.version, actor=committee.officer, reason="Thôi")
    assert Campaign.objects.get().state == CampaignState.CANCELLED
    second = place(campaign, committee.communes[1])
    given = {"version": draft.version, "actor": committee.officer}
    for step in (
        lambda: submit_to_head(pledge_id=draft.pk, **given),
        lambda: take_back(pledge_id=draft.pk, **given),
        lambda: accept_pledge(pledge_id=pledge.pk, version=pledge.version, actor=committee.officer),
        lambda: return_pledge(pledge_id=pledge.pk, version=pledge.version, reason="x", actor=committee.officer),
        lambda: fill(second, committee.unit_officers[1]),
        lambda: send_pledge(participation_id=second.pk, version=0, actor=committee.heads[1]),
        lambda: decide_joining(participation_id=second.pk, version=0, joining=True, actor=committee.heads[1]),
        lambda: begin_on_behalf(participation_id=second.pk, paper=paper(), actor=committee.officer),
    ):
        with pytest.raises(CampaignEnded):
            step()


def test_a_unit_to_which_nothing_is_assigned_sends_a_pledge_with_a_note(committee, campaign, first):
    PledgeLine.objects.all().delete()
    campaign.indicators.update(kind="none", rollup="none", scale="")
    pledge = save_note(participation_id=first.pk, note="Xin hưởng ứng", actor=committee.unit_officers[0])
    pledge = send_pledge(participation_id=first.pk, version=pledge.version, actor=committee.heads[0])
    assert (pledge.state, pledge.note) == (PledgeState.SENT, "Xin hưởng ứng")
    second = place(campaign, committee.communes[1])
    assert send_pledge(participation_id=second.pk, version=0, actor=committee.heads[1]).state == PledgeState.SENT
