"""What an office follows: its indicators, and each of them across the units; only what was sent."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Indicator
from core import clock
from tests.campaigns.pledging import GOOD, fill, launched, place, sent
from tests.campaigns.reporting import HALF, fill_report, period, report_of, rest, sent_report
from tests.campaigns.world import START, build_committee
from units.enums import Role
from units.services.memberships import grant_role

pytestmark = pytest.mark.django_db
LIST = reverse("campaigns:followed_list")


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def budget(committee):
    """1.1 "Thu ngân sách", not given to the third commune, followed by the agency; its officer is the observer."""
    with clock.on_day(date(2024, 3, 1)):
        indicator = Indicator.objects.get(campaign=launched(committee), code="1.1")
    Indicator.objects.filter(pk=indicator.pk).update(office=committee.agency)
    grant_role(user=committee.observer, role=Role.INDICATOR_OFFICE, unit=committee.agency, valid_from=START, actor=None)
    return indicator


@pytest.fixture
def office(client, committee):
    client.force_login(committee.observer)
    return client


def units_of(page):
    return [str(row.participation) for row in page.context["sheet"].rows]


def test_an_office_sees_what_was_sent_and_no_more(committee, budget, office):
    campaign, (first, second, third) = budget.campaign, committee.communes
    officers, heads = committee.unit_officers, committee.heads
    with clock.on_day(date(2024, 3, 5)):
        sent(place(campaign, first), officers[0], heads[0], ["5.000", *GOOD[1:]])
        fill(place(campaign, second), officers[1], ["7.777", *GOOD[1:]])
    with clock.on_day(date(2024, 7, 3)):
        half = period(campaign, committee)
        sent_report(place(campaign, first), half, officers[0], heads[0], ["2.500", *HALF[1:]])
        fill_report(report_of(place(campaign, second), half, officers[1]), officers[1], ["1.234", *HALF[1:]])
        page = office.get(reverse("campaigns:followed_indicator", args=[budget.pk]))
        listing = office.get(LIST).content.decode()
    text = page.content.decode()
    assert units_of(page) == [str(first), str(second), str(third)]
    assert "5.000,0" in text
    assert "2.500,0" in text
    assert "51,5" in text  # 2.500 of 4.850
    assert "7.777" not in text
    assert "1.234" not in text
    sheet = page.context["sheet"]
    assert (sheet.pledged, sheet.reported, len(sheet.assigned)) == (1, 1, 2)
    assert page.context["total"] == "2.500,0"
    assert "Không giao" in text
    assert listing.count(">1/2</td>") == 2


def test_the_period_is_chosen_and_another_campaigns_is_none_of_it(committee, budget, office):
    campaign = budget.campaign
    url = reverse("campaigns:followed_indicator", args=[budget.pk])
    with clock.on_day(date(2024, 8, 1)):
        assert "Chưa có kỳ báo cáo" in office.get(url).content.decode()
        half, later = period(campaign, committee), rest(campaign, committee)
        period(campaign, committee, "Về sau", date(2099, 1, 1), date(2099, 6, 30), date(2099, 7, 5))
        assert office.get(url).context["period"] == later  # the last that is over
        assert office.get(f"{url}?period={half.pk}").context["period"] == half
        assert office.get(f"{url}?period=99999").status_code == 404


def test_an_indicator_of_another_office_is_refused(committee, budget, office):
    other = Indicator.objects.get(campaign=budget.campaign, code="1.2")
    assert office.get(reverse("campaigns:followed_indicator", args=[other.pk])).status_code == 403
    assert other.name not in office.get(LIST).content.decode()
