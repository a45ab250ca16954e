"""The office that follows an indicator confirms a unit's figure, or gives its own, which counts before it."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from campaigns.arithmetic import FigureValue
from campaigns.enums import Basis, Verdict
from campaigns.models import Figure, Indicator, ProgressReport
from campaigns.queries.progress import report_sheet, stamp_of
from campaigns.queries.results import results_of
from campaigns.services.figures import Entry, save_figure
from campaigns.services.lines import LineMovedOn
from campaigns.services.office_figures import confirm_figure, supply_figure
from campaigns.services.report_steps import accept_report, close_report, reopen_report, return_report
from campaigns.typed import read
from core import clock
from core.audit.models import Entry as Trail
from core.errors import NotAllowed, ServiceError, WrongState
from core.invariants import INVARIANTS, ask
from core.notices.models import Notice
from tests.campaigns.pledging import launched, place
from tests.campaigns.reporting import HALF, fill_report, period, report_of, sent_report
from tests.campaigns.world import build_committee, user
from units.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_july():
    with clock.on_day(date(2024, 7, 3)):
        yield


@pytest.fixture
def committee():
    return build_committee()


@pytest.fixture
def budget(committee):
    with clock.on_day(date(2024, 3, 1)):
        indicator = Indicator.objects.get(campaign=launched(committee), code="1.1")
    Indicator.objects.filter(pk=indicator.pk).update(office=committee.agency)
    indicator.refresh_from_db()
    return indicator


@pytest.fixture
def office(committee, budget):
    return user("tai.chinh", Role.INDICATOR_OFFICE, committee.agency)


@pytest.fixture
def report(committee, budget):
    first, half = place(budget.campaign, committee.communes[0]), period(budget.campaign, committee)
    return sent_report(first, half, committee.unit_officers[0], committee.heads[0], ["4.000", *HALF[1:]])


@pytest.fixture
def figure(report, budget):
    return report.figures.get(indicator=budget)


def line(report, indicator):
    return report_sheet(ProgressReport.objects.get(pk=report.pk)).line(indicator.pk)[1]


def supply(figure, office, text="5.000", note="Theo Kho bạc Nhà nước", **more):
    return supply_figure(figure_id=figure.pk, values=read(figure.indicator, text), note=note, actor=office, **more)


def told(code):
    return set(Notice.objects.filter(code=code).values_list("recipient__username", flat=True))


def test_confirming_is_kept_told_and_counts_the_version_up(
    committee, report, figure, office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        confirm_figure(figure_id=figure.pk, stamp=stamp_of(figure), actor=office)
    figure.refresh_from_db()
    assert figure.confirmed_by == office
    assert figure.confirmed_at.astimezone(clock.ZONE).date() == date(2024, 7, 3)
    assert ProgressReport.objects.get(pk=report.pk).version == report.version + 1
    assert Trail.objects.filter(action="figure.confirmed", actor=office).count() == 1
    assert told("figure_confirmed") == {"phu.trach.1", "thu.truong.1", "thuong.truc"}
    with pytest.raises(ServiceError):
        confirm_figure(figure_id=figure.pk, actor=office)


def test_the_offices_figure_counts_and_the_units_stays_beside_it(
    committee, report, figure, budget, office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        given = supply(figure, office)
    row = line(report, budget)
    assert (row.counting, row.figure, row.verdict) == (given, figure, Verdict.NO_VERDICT)
    assert row.cumulated == FigureValue(number=D(5000))
    assert row.figure.number == 4000
    assert given.explanation == "Theo Kho bạc Nhà nước"
    cell = results_of(budget.campaign, report.period, committee.officer).cell(report.participation_id, budget.pk)
    assert cell.figure == given
    assert told("figure_supplied") == {"phu.trach.1", "thu.truong.1", "thuong.truc"}
    trail = Trail.objects.get(action="figure.supplied")
    assert (trail.changes, trail.reason) == ({"1.1": ["4.000,0", "5.000,0"]}, "Theo Kho bạc Nhà nước")
    assert given.changes.get().by == office
    for name in ("campaigns.verdicts", "campaigns.changes"):
        assert ask(INVARIANTS[name], shown=5).first == []


def test_confirming_takes_the_offices_own_back(report, figure, budget, office):
    given = supply(figure, office)
    confirm_figure(figure_id=given.pk, actor=office)
    row = line(report, budget)
    assert (row.counting, row.office) == (figure, None)
    assert given.changes.count() == 2
    assert supply(figure, office, "5.100") == given
    figure.refresh_from_db()
    assert figure.confirmed_at is None


def test_another_value_is_to_be_confirmed_anew(committee, report, figure, budget, office):
    confirm_figure(figure_id=figure.pk, actor=office)
    report.refresh_from_db()
    return_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="Sửa")
    save_figure(report_id=report.pk, indicator_id=budget.pk, entry=Entry(read(budget, "4.100")),
                actor=committee.unit_officers[0])  # fmt: skip
    figure.refresh_from_db()
    assert (figure.number, figure.confirmed_at, figure.confirmed_by) == (4100, None, None)


def test_the_unit_neither_writes_nor_loses_the_offices_figure(committee, report, figure, budget, office):
    given = supply(figure, office)
    report.refresh_from_db()
    return_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="Sửa")
    officer = committee.unit_officers[0]
    with pytest.raises(ServiceError):
        save_figure(report_id=report.pk, indicator_id=budget.pk, actor=officer,
                    entry=Entry(read(budget, "1"), basis=Basis.OFFICE))  # fmt: skip
    save_figure(report_id=report.pk, indicator_id=budget.pk, entry=Entry(read(budget, "4.100")), actor=officer)
    given.refresh_from_db()
    assert (given.number, line(report, budget).figure.number) == (5000, 4100)


def test_only_the_office_that_follows_it(committee, report, figure, budget, office):
    elsewhere = user("lao.dong", Role.INDICATOR_OFFICE, committee.communes[2])
    for actor in (committee.officer, committee.heads[0], committee.approver):
        with pytest.raises(NotAllowed):
            confirm_figure(figure_id=figure.pk, actor=actor)
        with pytest.raises(NotAllowed):
            supply(figure, actor)
    with pytest.raises(ObjectDoesNotExist):
        supply(figure, elsewhere)
    other = report.figures.exclude(indicator=budget).first()
    with pytest.raises(ObjectDoesNotExist):
        confirm_figure(figure_id=other.pk, actor=office)


def test_before_it_is_sent_and_once_closed_nothing_is_said_of_it(committee, report, figure, budget, office):
    draft = report_of(place(budget.campaign, committee.communes[1]), report.period, committee.unit_officers[1])
    fill_report(draft, committee.unit_officers[1], ["1", *HALF[1:]])
    with pytest.raises(ObjectDoesNotExist):
        confirm_figure(figure_id=draft.figures.get(indicator=budget).pk, actor=office)
    report = accept_report(report_id=report.pk, version=report.version, actor=committee.officer)
    report = close_report(report_id=report.pk, version=report.version, actor=committee.officer)
    with pytest.raises(WrongState):
        supply(figure, office)
    report = reopen_report(report_id=report.pk, version=report.version, actor=committee.officer, reason="Số liệu sai")
    given = supply(figure, office)
    assert given.changes.get().reason == "Số liệu sai"


@pytest.mark.parametrize(("text", "note"), [("", "Kho bạc"), ("5.000", "  "), ("5.000", "x" * 4001)])
def test_a_figure_and_its_source_are_asked(figure, office, text, note):
    with pytest.raises(ServiceError):
        supply(figure, office, text, note)
    assert not Figure.objects.filter(basis=Basis.OFFICE).exists()


def test_what_the_unit_changed_meanwhile_is_looked_at_again(figure, office):
    with pytest.raises(LineMovedOn):
        confirm_figure(figure_id=figure.pk, stamp="0" * 16, actor=office)
    with pytest.raises(LineMovedOn):
        supply(figure, office, stamp="0" * 16)


def test_the_pages_lead_from_the_table_to_the_figure(client, report, figure, budget, office):
    client.force_login(office)
    table = reverse("campaigns:followed_indicator", args=[budget.pk])
    confirm, give = (reverse(f"campaigns:{name}", args=[figure.pk]) for name in ("figure_confirm", "figure_supply"))
    text = client.get(table).content.decode()
    assert confirm in text
    assert give in text
    page = client.post(give, {"value": "năm nghìn", "note": "Kho bạc"})
    assert "value" in page.context["form"].errors
    assert "năm nghìn" in page.content.decode()
    answer = client.post(give, {"value": "5.000", "note": "Kho bạc", "stamp": stamp_of(figure)})
    assert answer.headers["Location"] == f"{table}?period={report.period_id}"
    text = client.get(table).content.decode()
    assert "đơn vị báo cáo 4.000,0" in text
    client.post(confirm, {"stamp": stamp_of(figure)})
    assert "Đã xác nhận ngày" in client.get(table).content.decode()
    history = client.get(reverse("campaigns:figure_detail", args=[figure.pk])).content.decode()
    assert history.count("Số liệu của cơ quan theo dõi") == 2
