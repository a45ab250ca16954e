"""The catalogue: a report is there as soon as its module lies in `reports/catalogue/`."""

import pkgutil
from importlib import import_module
from typing import Any, TypeVar

from core import jobs
from core.jobs.models import Job
from core.registry import Registry
from reports.base import Report
from reports.enums import ReportGroup

REPORTS: Registry[Report] = Registry("report")
R = TypeVar("R", bound=type[Report])


def register(report_class: R) -> R:
    """Enter a report into the catalogue, and the kind of job that makes it."""
    from reports.running import run_report  # noqa: PLC0415 -- it looks reports up here

    report = report_class()
    REPORTS.add(report.code, report)
    jobs.register(
        kind_of(report),
        title=report.title,
        permission=report.permission,
        snapshot=True,
        describe=scope_of,
        icon="file-spreadsheet" if report.suffix == ".xlsx" else "file-text",
    )(lambda context: run_report(report, context))
    return report_class


def kind_of(report: Report) -> str:
    """The kind of job that makes `report`."""
    return f"report.{report.code}"


def scope_of(job: Job) -> str:
    """What was chosen, in the words of the moment it was asked for."""
    return str(job.labels.get("scope", ""))


def open_to(user: Any) -> list[Report]:
    """The reports that `user` finds in the catalogue, shelf by shelf."""
    shelves = list(ReportGroup)
    return sorted((r for r in REPORTS.values() if r.is_open_to(user)), key=lambda report: shelves.index(report.group))


def discover() -> None:
    """Import every module of the catalogue; called when the application starts."""
    package = import_module("reports.catalogue")
    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
