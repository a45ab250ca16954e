"""What of nominations waits for a person, for the desk."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from awards.enums import NominationState, RoundState, SubmissionState
from awards.models import Nomination, Submission
from units.seats import seat_of

TAKE_IN, SEND, EDIT = "awards.take_in_submission", "awards.send_submission", "awards.edit_submission"


def waiting_letters(user: User) -> QuerySet[Submission]:
    """Sent to a committee of theirs and not taken in; or of their units, to be confirmed or sent by them."""
    mine = seat_of(user)
    taking = Q(state=SubmissionState.SENT, round__organiser__in=mine.units_where(TAKE_IN))
    filled = Nomination.objects.filter(submission=OuterRef("pk"))
    own = Q(unit__in=mine.places_for(SEND), on_behalf=False, round__state=RoundState.OPEN)
    ready = own & (Q(state=SubmissionState.CONFIRMED) | Q(Exists(filled), state=SubmissionState.DRAFT))
    return Submission.objects.visible_to(user).filter(taking | ready).order_by()


def lines_to_mend(user: User) -> QuerySet[Nomination]:
    """Lines of their units that a reviewer gave back."""
    places = seat_of(user).places_for(EDIT) & seat_of(user).subtree_ids
    rows = Nomination.objects.visible_to(user)
    return rows.filter(state=NominationState.MORE_ASKED, nominating_unit__in=places).order_by()
