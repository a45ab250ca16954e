"""Lines from the titles registered for the year, so that nobody types a name twice."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from awards.models import Nomination
from awards.queries.merits import draft_for
from awards.queries.nominations import registrations_for
from awards.services.nominations import LineValues, add_line, awards_for, day_of, only_class, starting_words
from awards.services.submissions import lock_draft
from core.errors import ServiceError


@transaction.atomic
def prefill_lines(*, submission_id: int, registration_ids: Collection[int], actor: User) -> list[Nomination]:
    """Propose the recipients of the registrations for the titles they registered, all of them or none.

    Raises ServiceError naming the recipient whose title is not in force, or who is proposed already.
    """
    letter = lock_draft(submission_id, actor)
    chosen = registrations_for(letter, actor).filter(pk__in=registration_ids)
    if not registration_ids or len(chosen) != len(set(registration_ids)):
        raise ServiceError(_("Choose from the registrations shown."), field="registrations")
    day, made = day_of(letter), []
    for row in chosen:
        award = awards_for(row.subject, day).filter(type=row.award_type_id).first()
        if award is None:
            raise ServiceError(
                _("%(name)s: the title registered is not in force on the day of the letter.")
                % {"name": row.printed_name},
                field="registrations",
            )
        draft = draft_for(row.subject, letter.round, actor)
        values = LineValues(award_version=award, initiative=row.initiative, merit=draft.text,
                            subject_class=only_class(row.subject), **starting_words(row.subject, day))  # fmt: skip
        made.append(
            add_line(
                submission_id=letter.pk, subject=row.subject, values=values, actor=actor, registration=row, draft=draft
            )
        )  # fmt: skip
    return made
