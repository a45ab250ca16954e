"""What a unit does with a line after it was sent: withdraw it, or mend what the reviewer asked for."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.enums import FileKind, NominationState
from awards.fields_back import MENDABLE
from awards.models import Nomination, OpenField
from awards.services.nominations import LineValues, check_line, differences, keep_file, refuse_twin, write_line
from awards.services.submissions import refuse_strangers
from awards.workflows import NOMINATION
from campaigns.queries.people import people_of, standing_officers
from core import audit, clock, notices
from core.errors import ServiceError, WrongState
from core.text import clean_line, nfc

FILES = "files"

OPENS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in MENDABLE if name != FILES},
    "printed_name": ("honorific", "printed_name"),
    "post_then": ("post_then", "unit_then"),
}
"""The fields of a line that each name given back opens; papers are opened by their own name."""


@transaction.atomic
def withdraw_line(*, nomination_id: int, version: int, reason: str, actor: User) -> Nomination:
    """Take a sent line back, with the reason; it stays on record. A draft is removed instead."""
    line = NOMINATION.lock(nomination_id, actor=actor, version=version)
    if line.state == NominationState.DRAFT:
        raise WrongState(_("A draft line is removed from the list, not withdrawn."))
    if not reason.strip():
        raise ServiceError(_("Give the reason."), field="reason")
    words = nfc(reason).strip()
    before = NOMINATION.advance(
        line, to=NominationState.WITHDRAWN, actor=actor, state_reason=words, state_at=clock.now(), decision=None
    )
    audit.record("nomination.withdrawn", actor=actor, subject=line, reason=words,
                 changes={"state": [before, line.state]})  # fmt: skip
    told = [*people_of(line.nominating_unit_id), *standing_officers(line.round.organiser_id)]
    _tell("nomination_withdrawn", line, told, but=actor, reason=words)
    return line


@transaction.atomic
def answer_more(
    *, nomination_id: int, version: int, values: dict[str, Any], actor: User, uploads: tuple[Any, ...] = (),
    send: bool = False,
) -> Nomination:  # fmt: skip
    """Mend the fields that were given back, and with `send` hand the line back to the reviewer.

    Raises ServiceError for a field that is not open, NotAllowed for whoever may not write or send it.
    """
    line = NOMINATION.lock(nomination_id, actor=actor, version=version)
    if line.state != NominationState.MORE_ASKED:
        raise WrongState(_("Nothing is asked for on this line."))
    refuse_strangers(line.submission, actor)
    asked = list(OpenField.objects.filter(nomination=line, mended_at=None))
    names = {field.name for field in asked}
    _mend(line, values, opened(names), actor)
    if uploads and FILES not in names:
        raise ServiceError(_("No further papers were asked for."), field=FILES)
    for upload in uploads:
        keep_file(line, upload, "", FileKind.ACHIEVEMENTS, actor)
    if send:
        _send_back(line, asked, actor)
    return line


def opened(names: set[str]) -> set[str]:
    """The fields of a line that may be written while `names` are given back."""
    return {field for name in names for field in OPENS.get(name, ())}


def _mend(line: Nomination, values: dict[str, Any], open_fields: set[str], actor: User) -> None:
    given = {name: _cleaned(name, value) for name, value in values.items()}
    changes = differences(line, given)
    for name in changes:
        if name not in open_fields:
            raise ServiceError(_("Only what was asked for can be changed."), field=name)
    if not changes:
        return
    wanted = {name: given.get(name, getattr(line, name)) for name in ("award_version", "printed_name", "subject_class")}
    follows = check_line(line.submission, line.subject, LineValues(**wanted))
    refuse_twin(line.submission, line.subject, wanted["award_version"], but=line.pk)
    write_line(line, {**{name: given[name] for name in changes}, **follows})
    audit.record("nomination.mended", actor=actor, subject=line, changes=changes)


def _send_back(line: Nomination, asked: list[OpenField], actor: User) -> None:
    before = NOMINATION.advance(line, to=NominationState.APPRAISING, actor=actor, state_at=clock.now())
    OpenField.objects.filter(pk__in=[field.pk for field in asked]).update(mended_at=clock.now())
    audit.record("nomination.answered", actor=actor, subject=line, changes={"state": [before, line.state]})
    reviewers = [row.reviewer for row in line.appraisals.filter(ended_at=None).select_related("reviewer")]
    told = reviewers or standing_officers(line.round.organiser_id)
    _tell("nomination_answered", line, told, but=actor)


def _cleaned(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return nfc(value).strip() if name == "merit" else clean_line(value)


def _tell(code: str, line: Nomination, recipients: list[User], *, but: User, **more: Any) -> None:
    others = {user.pk: user for user in recipients if user.pk != but.pk}
    params = {"name": str(line), "unit": line.submission.unit_name_then, **more}
    notices.after_commit(code, recipients=list(others.values()), target=line, params=params)
