"""From a page to its report: the page's filter goes along and fills the report's form."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from core.ui.exports import exports_for, register
from reports.registration import REPORTS
from tests.campaigns.pledging import launched, place, sent
from tests.campaigns.world import build_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    return build_committee()


def carried(url, user):
    """The report's form as the catalogue fills it from the link."""
    query = QueryDict(url.partition("?")[2])
    return REPORTS[query["report"]].parameters.carried(query, user)


@pytest.mark.parametrize(("state", "pledges"), [("", "all"), ("waiting", "sent"), ("approved", "accepted")])
def test_the_board_leads_to_the_register_of_its_campaign(client, committee, state, pledges):
    campaign = launched(committee)
    sent(place(campaign, committee.communes[0]), committee.unit_officers[0], committee.heads[0])
    client.force_login(committee.officer)
    page = client.get(reverse("campaigns:campaign_units", args=[campaign.pk]) + f"?state={state}")
    (link,) = page.context["exports"]
    assert "Xuất Excel" in page.content.decode()
    form = carried(link.url, committee.officer)
    assert form.cleaned_data == {"campaign": campaign, "pledges": pledges}
    answer = client.get(link.url).content.decode()
    assert "Phạm vi bên dưới lấy từ trang “Đơn vị của phong trào”." in answer


def test_the_list_of_titles_leads_to_its_register(client, committee):
    client.force_login(committee.officer)
    page = client.get(reverse("awards:registration_list"))
    assert "/reports/?report=title-register" in page.content.decode()


def test_a_code_is_taken_once():
    with pytest.raises(ValueError, match="registered twice"):
        register("board", "pledge-register", label="x", address=lambda record, request: "")


def test_a_page_without_reports_offers_none(rf):
    assert exports_for("nowhere", None, rf.get("/")) == []
