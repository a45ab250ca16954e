"""Periods, reports and figures of the hamlet, for the addresses that name them."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.models import ExtensionRequest, Figure, FigureAttachment, Participation, ProgressReport, ReportingPeriod
from campaigns.services.evidence import add_evidence
from campaigns.services.extensions import ask_for_time
from campaigns.services.figures import Entry, save_figures
from campaigns.services.periods import create_period, end_of
from campaigns.services.progress_reports import start_report
from campaigns.services.report_steps import accept_report, close_report, send_report, submit_to_head
from core import clock
from tests.core.bad_files import pdf
from tests.matrix.objects import makes, officer, participation
from tests.units.world import World


def of_place(world: World, place: Participation) -> ReportingPeriod:
    today = clock.today()
    return create_period(
        campaign_id=place.campaign_id, name="Năm", starts_on=today, ends_on=today, due_at=end_of(today),
        actor=officer(world),
    )  # fmt: skip


@makes("period")
def period(world: World) -> ReportingPeriod:
    return of_place(world, participation(world))


@makes("report_place")
def report_place(world: World) -> Any:
    place = participation(world)
    return {"pk": place.pk, "period": of_place(world, place).pk}


@makes("extension_request")
def extension_request(world: World) -> ExtensionRequest:
    place = participation(world)
    return ask_for_time(
        participation_id=place.pk, period_id=of_place(world, place).pk, reason="Mưa lũ",
        due_at=end_of(clock.today() + timedelta(days=1)), actor=world.user("north.unit_officer"),
    )  # fmt: skip


@makes("report_draft")
def report_draft(world: World) -> ProgressReport:
    """Begun, and filled with the word that there is no figure."""
    place = participation(world)
    writer = world.user("north.unit_officer")
    report = start_report(participation_id=place.pk, period_id=of_place(world, place).pk, actor=writer)
    entry = Entry(no_data=True, explanation="Chưa có số liệu")
    return save_figures(report_id=report.pk, entries={place.campaign.indicators.get().pk: entry}, actor=writer).report


@makes("report_line")
def report_line(world: World) -> Any:
    report = report_draft(world)
    return {"pk": report.pk, "indicator": report.figures.get().indicator_id}


@makes("report_part")
def report_part(world: World) -> Any:
    return report_draft(world).parts.first()


@makes("figure_evidence")
def figure_evidence(world: World) -> FigureAttachment:
    report = report_draft(world)
    return add_evidence(
        report_id=report.pk, indicator_id=report.figures.get().indicator_id, actor=world.user("north.unit_officer"),
        upload=SimpleUploadedFile("anh.pdf", pdf(), content_type="application/pdf"),
    )  # fmt: skip


@makes("report_with_head")
def report_with_head(world: World) -> ProgressReport:
    report = ProgressReport.objects.get(pk=report_draft(world).pk)
    return submit_to_head(report_id=report.pk, version=report.version, actor=world.user("north.unit_officer"))


@makes("sent_report")
def sent_report(world: World) -> ProgressReport:
    report = report_with_head(world)
    return send_report(report_id=report.pk, version=report.version, actor=world.user("north.unit_head"))


@makes("accepted_report")
def accepted_report(world: World) -> ProgressReport:
    report = sent_report(world)
    return accept_report(report_id=report.pk, version=report.version, actor=officer(world))


@makes("closed_report")
def closed_report(world: World) -> ProgressReport:
    report = accepted_report(world)
    return close_report(report_id=report.pk, version=report.version, actor=officer(world))


@makes("sent_figure")
def sent_figure(world: World) -> Figure:
    return sent_report(world).figures.get()


@makes("reported_figure")
def reported_figure(world: World) -> Figure:
    """With a value that its office may confirm."""
    figure = sent_figure(world)
    Figure.objects.filter(pk=figure.pk).update(no_data=False, number=4000)
    return figure


@makes("followed_indicator")
def followed_indicator(world: World) -> Any:
    return sent_report(world).participation.campaign.indicators.get()
