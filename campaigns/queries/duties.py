"""What a user's units owe and what waits with others, over all campaigns that run.

The pledge is registered here; reports add theirs with `register`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Choices, Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.enums import BoardState, CampaignState, ParticipationState, PledgeState
from campaigns.models import Participation, Pledge
from campaigns.models.scope import own
from core import clock
from core.errors import Text

SOON = 7


@dataclass(frozen=True)
class Duty:
    """One thing a unit owes (`open`) or has sent. `act` names the button that leads on."""

    participation: Participation
    label: Text
    due_on: date | None
    state: Choices
    why: Text
    url: str
    act: Text
    icon: str
    open: bool
    order: int = 0

    @property
    def days_left(self) -> int | None:
        return None if self.due_on is None else (self.due_on - clock.today()).days

    @property
    def days_late(self) -> int:
        left = self.days_left
        return -left if left is not None and left < 0 else 0


@dataclass(frozen=True)
class Group:
    """Duties of one urgency, for the page."""

    code: str
    label: Text
    duties: list[Duty]


Source = Callable[[User, list[Participation]], Iterable[Duty]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a kind of duty. It gets the user and the running participations of the user's units."""
    _sources.append(source)
    return source


def own_participations(user: User) -> list[Participation]:
    """Of the units the user acts for and those below them, in campaigns that run."""
    rows = (
        Participation.objects.visible_to(user)
        .filter(own(user, "unit"), campaign__state=CampaignState.LAUNCHED)
        .select_related("campaign__organiser", "unit")
    )
    pledges = Prefetch("pledge", Pledge.objects.visible_to(user))
    return list(rows.prefetch_related(pledges).order_by("campaign__pledge_due_on", "unit__official_order", "pk"))


def duties_of(user: User) -> list[Duty]:
    """Everything owed or sent, by due day; what has none stands last."""
    rows = own_participations(user)
    duties = [duty for source in _sources for duty in source(user, rows)]
    return sorted(duties, key=lambda d: (d.due_on or date.max, d.order, d.participation.unit.official_order))


def grouped(duties: list[Duty]) -> list[Group]:
    """Overdue, due soon, later, then what waits with others or is done."""
    parts: dict[str, list[Duty]] = {"late": [], "soon": [], "later": [], "done": []}
    for duty in duties:
        left = duty.days_left
        if not duty.open:
            parts["done"].append(duty)
        elif left is not None and left < 0:
            parts["late"].append(duty)
        else:
            parts["soon" if left is not None and left <= SOON else "later"].append(duty)
    names: dict[str, Text] = {
        "late": _("Overdue, still to be sent"), "soon": _("Due within 7 days"), "later": _("Due later"),
        "done": _("Sent or settled"),
    }  # fmt: skip
    return [Group(code, names[code], rows) for code, rows in parts.items() if rows]


def owed_count(user: User) -> int:
    """How many open duties, for the menu."""
    return sum(duty.open for duty in duties_of(user))


WHY: dict[str, Text] = {
    PledgeState.DRAFT: _("Being written in the unit."),
    PledgeState.WITH_HEAD: _("Waits for the head to confirm and send."),
    PledgeState.SENT: _("Waits for the standing body."),
    PledgeState.ACCEPTED: _("Accepted by the standing body."),
}


@register
def pledge_duties(user: User, rows: list[Participation]) -> Iterable[Duty]:
    """The pledge of each unit; a unit that does not join owes none."""
    for row in rows:
        edit, read = (reverse(f"campaigns:{name}", args=[row.pk]) for name in ("pledge_edit", "pledge_detail"))
        pledge = getattr(row, "pledge", None)
        duty: Callable[..., Duty] = partial(
            Duty, participation=row, label=_("Pledge"), due_on=row.campaign.pledge_due_on, icon="checklist"
        )
        if row.state == ParticipationState.NOT_JOINING:
            decide = reverse("campaigns:participation_decide", args=[row.pk])
            yield duty(state=ParticipationState.NOT_JOINING, why=row.state_reason, url=decide,
                       act=_("View"), open=False)  # fmt: skip
        elif pledge is None:
            invited = row.state == ParticipationState.INVITED
            why = _("Invited; not begun yet.") if invited else _("Not begun yet.")
            yield duty(state=BoardState.NOT_SENT, why=why, url=edit, act=_("Enter the pledge"), open=True)
        elif pledge.state == PledgeState.RETURNED:
            yield duty(state=PledgeState.RETURNED, why=pledge.return_reason, url=edit,
                       act=_("Mend the pledge"), open=True)  # fmt: skip
        else:
            is_open = pledge.state in (PledgeState.DRAFT, PledgeState.WITH_HEAD)
            yield duty(
                state=PledgeState(pledge.state), why=WHY[pledge.state], url=edit if is_open else read,
                act=_("Continue the pledge") if is_open else _("View"), open=is_open,
            )  # fmt: skip
