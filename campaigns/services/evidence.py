"""Evidence for figures: files beside what they prove."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.enums import Basis
from campaigns.models import Figure, FigureAttachment
from campaigns.queries.progress import chosen, of_unit, report_sheet
from campaigns.services.progress_reports import lock_writable
from core import audit, clock, files
from core.errors import ServiceError
from core.text import clean_line
from core.workflow import write_versioned


@transaction.atomic
def add_evidence(*, report_id: int, indicator_id: int, upload: Any, actor: User, label: str = "") -> FigureAttachment:
    """Attach a file to the figure of one indicator; the figure may still be blank. Raises BadFile, ServiceError."""
    report = lock_writable(report_id, actor=actor)
    line = next((r for r in report_sheet(report).lines() if r.planned.indicator.pk == indicator_id), None)
    if line is None or not line.is_counted:
        raise ServiceError(_("This indicator is not assigned to the unit."))
    figure = chosen(of_unit(report.figures.filter(indicator=indicator_id).order_by("pk")))
    if figure is None:
        figure = Figure.objects.create(report=report, indicator_id=indicator_id, basis=Basis.OFFICIAL)
    stored = files.store(upload, owner=actor)
    attachment = FigureAttachment.objects.create(
        figure=figure, file=stored, label=clean_line(label)[:200], added_by=actor,
        position=figure.attachments.count() + 1,
    )  # fmt: skip
    write_versioned(report)
    audit.record("report.evidence_added", actor=actor, subject=report,
                 changes={line.planned.indicator.code: [None, stored.name]})  # fmt: skip
    return attachment


@transaction.atomic
def remove_evidence(*, attachment_id: int, actor: User) -> Figure:
    """Take a file off its figure; the trace stays."""
    attachment = FigureAttachment.objects.visible_to(actor).get(pk=attachment_id)
    report = lock_writable(attachment.figure.report_id, actor=actor)
    if attachment.removed_at is not None:
        raise ServiceError(_("This file was already taken off."))
    attachment.removed_at = clock.real_now()
    attachment.save(update_fields=["removed_at"])
    write_versioned(report)
    audit.record("report.evidence_removed", actor=actor, subject=report,
                 changes={attachment.figure.indicator.code: [str(attachment), None]})  # fmt: skip
    figure: Figure = attachment.figure
    return figure
