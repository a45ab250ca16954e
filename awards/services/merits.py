"""The achievements of a line made from the records; what somebody typed is never written over."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from awards.models import Nomination
from awards.queries.merits import LONGEST, draft_for
from awards.services.nominations import differences, lock_line, mark_of, write_line
from core import audit
from core.errors import ServiceError


@transaction.atomic
def fill_merit(*, nomination_id: int, version: int, actor: User) -> Nomination:
    """Make the achievements of a draft line from results and ledger as they stand now.

    An empty text is filled, one that stands as it was made is made anew, own words keep their place above.
    Raises ServiceError where nothing is on record, and where a text made earlier was changed since.
    """
    line = lock_line(nomination_id, version, actor)
    if line.is_merit_drafted and not line.is_merit_as_drafted:
        raise ServiceError(_("This text was made from the records and changed since. Empty it first to make it anew."))
    draft = draft_for(line.subject, line.round, actor)
    if not draft.text:
        raise ServiceError(_("Neither results nor awards of this recipient are on record."))
    own = "" if line.is_merit_as_drafted else line.merit
    merit = f"{own}\n{draft.text}" if own else draft.text
    if len(merit) > LONGEST:
        raise ServiceError(_("Together with what is written the text would become too long."))
    changes = differences(line, {"merit": merit})
    write_line(line, {"merit": merit, **mark_of(draft, merit)})
    audit.record("nomination.filled", actor=actor, subject=line, changes=changes)
    return line
