"""Results: exact rows and totals, who sees what, the drill-down, and the same queries for 1, 3 and 40 units."""

from datetime import date
from fractions import Fraction

import pytest
from django.urls import reverse

from campaigns.enums import Verdict
from campaigns.queries.results import results_of
from campaigns.services.participations import decide_joining
from campaigns.services.report_steps import accept_report
from core import clock
from tests.campaigns.factories import FigureFactory, ParticipationFactory, ProgressReportFactory
from tests.campaigns.pledging import GOOD, counted, launched, paper, place, sent
from tests.campaigns.reporting import fill_report, period, report_of, rest, sent_report
from tests.campaigns.world import build_committee, unit, user
from units.enums import Role, UnitKind, UnitLevel

pytestmark = pytest.mark.django_db
FULL = ["4.900", "9.851/10.260", "2,8", "0", "15/09/2024", "yes", "Học"]


@pytest.fixture(autouse=True)
def in_december():
    with clock.on_day(date(2024, 12, 2)):
        yield


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def campaign(committee):
    with clock.on_day(date(2024, 3, 1)):
        return launched(committee)


@pytest.fixture
def whole(committee, campaign):
    return rest(campaign, committee)


@pytest.fixture
def reported(committee, campaign, whole):
    """One of three communes reports; the third is not given the budget."""
    first = place(campaign, committee.communes[0])
    with clock.on_day(date(2024, 3, 10)):
        sent(first, committee.unit_officers[0], committee.heads[0], GOOD)
    return sent_report(first, whole, committee.unit_officers[0], committee.heads[0], FULL)


def row(results, code):
    return next(r for area in results.areas for r in area.rows if r.indicator.code == code)


def verdicts(results, code):
    return [cell.verdict for cell in row(results, code).cells]


def url(campaign, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("campaigns:campaign_results", args=[campaign.pk]) + "?" + asked


def test_each_cell_has_its_verdict_and_totals_say_of_how_many(committee, campaign, whole, reported):
    results = results_of(campaign, whole, committee.officer)
    assert [str(p) for p in results.participations] == ["Xã An Hiệp", "Xã An Ninh", "Xã Phú Tân"]
    assert verdicts(results, "1.1") == [Verdict.EXCEEDED, Verdict.NOT_REPORTED, Verdict.NOT_ASSIGNED]
    assert verdicts(results, "1.2") == [Verdict.EXCEEDED, Verdict.NOT_REPORTED, Verdict.NOT_REPORTED]
    budget, insured = row(results, "1.1").total, row(results, "1.2").total
    assert (budget.value, budget.n_reported, budget.n_assigned) == (4900, 1, 2)
    assert (insured.numerator, insured.denominator, insured.n_assigned) == (9851, 10260, 3)
    assert row(results, "1.1").cells[0].pledge_ratio == Fraction(4900, 5000)


def test_only_settled_reports_count_where_asked(committee, campaign, whole, reported):
    settled = results_of(campaign, whole, committee.officer, settled_only=True)
    assert verdicts(settled, "1.1")[0] == Verdict.NOT_REPORTED
    accept_report(report_id=reported.pk, version=reported.version, actor=committee.officer)
    settled = results_of(campaign, whole, committee.officer, settled_only=True)
    assert verdicts(settled, "1.1")[0] == Verdict.EXCEEDED


def test_a_unit_that_does_not_join_is_in_no_denominator(committee, campaign, whole, reported):
    third = place(campaign, committee.communes[2])
    decide_joining(participation_id=third.pk, version=0, joining=False, reason="Sáp nhập", paper=paper(),
                   actor=committee.officer)  # fmt: skip
    results = results_of(campaign, whole, committee.officer)
    assert [str(p) for p in results.participations] == ["Xã An Hiệp", "Xã An Ninh"]
    assert row(results, "1.2").total.n_assigned == 2


def test_what_is_not_sent_shows_nowhere(committee, campaign, whole):
    first = place(campaign, committee.communes[0])
    fill_report(report_of(first, whole, committee.unit_officers[0]), committee.unit_officers[0], FULL)
    results = results_of(campaign, whole, committee.officer)
    assert set(verdicts(results, "1.2")) == {Verdict.NOT_REPORTED}


def test_a_unit_sees_nothing_unsent_among_its_results(committee, campaign, whole):
    officer = committee.unit_officers[0]
    fill_report(report_of(place(campaign, committee.communes[0]), whole, officer), officer, FULL)
    results = results_of(campaign, whole, officer)
    assert verdicts(results, "1.2") == [Verdict.NOT_REPORTED]


def test_who_sees_one_unit_sees_no_other_among_the_results(committee, campaign, whole, reported):
    results = results_of(campaign, whole, committee.unit_officers[1])
    assert [str(p) for p in results.participations] == ["Xã An Ninh"]
    assert not results.reports


def test_an_office_sees_figures_and_pledges_of_its_indicators_only(committee, campaign, whole, reported):
    campaign.indicators.filter(code="1.2").update(office=committee.agency)
    results = results_of(campaign, whole, user("dau.moi", Role.INDICATOR_OFFICE, committee.agency))
    seen = {
        code: next((cell.verdict, cell.line.pledged is not None) for cell in row(results, code).cells)
        for code in ("1.2", "1.3")
    }
    assert seen == {"1.2": (Verdict.EXCEEDED, True), "1.3": (Verdict.NOT_REPORTED, False)}


def test_the_page_leads_from_a_cell_to_its_figure(committee, campaign, whole, reported, client):
    client.force_login(committee.officer)
    first = place(campaign, committee.communes[0])
    budget = counted(campaign)[0]
    page = client.get(url(campaign, unit=first.pk, indicator=budget.pk)).content.decode()
    assert "101,0" in page
    assert "1/2 đơn vị" in page
    figure = reported.figures.get(indicator=budget)
    assert reverse("campaigns:figure_detail", args=[figure.pk]) in page
    assert "98,0" in client.get(url(campaign, show="pledge")).content.decode()
    assert "96,01" in client.get(url(campaign, show="value")).content.decode()
    assert client.get(url(campaign, period=0)).status_code == 404
    client.force_login(committee.outsider)
    assert client.get(url(campaign)).status_code == 404
    client.force_login(committee.unit_officers[0])
    assert client.get(url(campaign)).status_code == 403


@pytest.mark.parametrize("units", [1, 3, 40])
def test_the_same_queries_whatever_the_units(committee, campaign, whole, client, units, django_assert_num_queries):
    half = period(campaign, committee)
    for number in range(units):
        more = unit(f"Ấp {number}", UnitKind.COMMUNE, UnitLevel.COMMUNE, committee.district, 20 + number)
        joined = ParticipationFactory(campaign=campaign, unit=more)
        for when in (half, whole):
            report = ProgressReportFactory(participation=joined, period=when)
            for indicator in counted(campaign)[:1]:
                FigureFactory(report=report, indicator=indicator, number=number + 1)
    client.force_login(committee.officer)
    client.get(url(campaign))
    with django_assert_num_queries(26):
        client.get(url(campaign))
