"""How the states of this room look: colour, word and icon."""

from awards.enums import CommendationState as C
from awards.enums import DecisionState as D
from awards.enums import NominationState as N
from awards.enums import RegistrationState as T
from awards.enums import RoundState as R
from awards.enums import SubmissionState as S
from core.ui import states


def register_looks() -> None:
    """Called when the application starts."""
    states.register(T.REGISTERED, tone="met", icon="circle-check")
    states.register(T.CHANGED, tone="waiting", icon="pencil")
    states.register(T.WITHDRAWN, N.WITHDRAWN, tone="draft", icon="ban")
    states.register(R.OPEN, tone="waiting", icon="lock-open")
    states.register(R.CLOSED, tone="locked")
    states.register(S.DRAFT, N.DRAFT, D.DRAFT, tone="draft")
    states.register(S.CONFIRMED, tone="waiting", icon="user-check")
    states.register(S.SENT, N.SENT, N.APPRAISING, tone="waiting")
    states.register(S.TAKEN_IN, N.ELIGIBLE, N.COUNCIL_AGREES, tone="met")
    states.register(N.MORE_ASKED, N.SENT_BACK, tone="returned")
    states.register(N.NOT_ELIGIBLE, N.COUNCIL_DISAGREES, N.STRUCK, D.REVOKED, C.REVOKED, tone="failed")
    states.register(N.ON_AGENDA, tone="waiting", icon="users")
    states.register(N.AT_SIGNATURE, D.AT_SIGNATURE, tone="waiting", icon="signature")
    states.register(N.SENT_UP, tone="waiting", icon="arrow-up")
    states.register(N.DECIDED, N.RESULT_FROM_ABOVE, D.ENTERED, D.PUBLISHED, tone="approved")
    states.register(D.SIGNED, tone="met", icon="signature")
    states.register(D.CORRECTED, tone="returned", icon="edit")
    states.register(C.IN_FORCE, tone="met", icon="circle-check")
