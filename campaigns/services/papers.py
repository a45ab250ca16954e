"""Steps that came on paper and are entered on behalf of their unit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import FileKind
from core import clock, files
from core.errors import ServiceError


@dataclass(frozen=True)
class Paper:
    """The unit's paper a step rests on: "theo văn bản số … ngày …", with its scan."""

    symbol: str
    signed_on: date | None
    scan: Any = None


def check_paper(paper: Paper, *, has_scan: bool = False) -> None:
    """Whether the paper is named in full. Raises ServiceError at the field that lacks."""
    if not paper.symbol.strip():
        raise ServiceError(_("Enter the number of the unit's paper."), field="paper_symbol")
    if paper.signed_on is None:
        raise ServiceError(_("Enter the date of the unit's paper."), field="paper_signed_on")
    if paper.signed_on > clock.today():
        raise ServiceError(_("The paper cannot be of a day to come."), field="paper_signed_on")
    if paper.scan is None and not has_scan:
        raise ServiceError(_("Attach the scan of the unit's paper."), field="scan")


def named_on(record: Any, paper: Paper) -> dict[str, Any]:
    """The fields that name the paper, set on `record` for the guards of its workflow. Set once, for ever."""
    values = {"on_behalf": True, "paper_symbol": paper.symbol.strip(), "paper_signed_on": paper.signed_on}
    for name, value in values.items():
        setattr(record, name, value)
    return values


def attach_scan(model: Any, *, paper: Paper, actor: User, **owner: Any) -> None:
    """Keep the scan among the record's attachments (`model`). Raises BadFile for a file that may not come in."""
    if paper.scan is None:
        return
    stored = files.store(paper.scan, owner=actor)
    model._default_manager.create(
        file=stored, label=paper.symbol.strip(), kind=FileKind.PAPER, added_by=actor,
        position=model._default_manager.filter(**owner).count() + 1, **owner,
    )  # fmt: skip
