"""What the pages of this room show."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import RecoveryCode, SecondFactor, Session, SignInLock, User
from accounts.second_factor_rule import is_required
from accounts.session_store import digest, is_over
from core.clock import real_now


@dataclass(frozen=True)
class SessionRow:
    """A signed-in browser as its owner sees it."""

    browser: str
    ip: str
    created: datetime
    last_touched: datetime
    is_present: bool


def sessions_of(user: User, *, present_key: str | None = None) -> list[SessionRow]:
    """The sessions of `user` that are still open, the most recently used first."""
    now = real_now()
    present = digest(present_key) if present_key else ""
    return [
        SessionRow(browser_of(row.agent), row.ip, row.created, row.last_touched, row.key == present)
        for row in Session.objects.select_related("user").filter(user=user, expires__gt=now)
        if not is_over(row, now)
    ]


FEW_CODES = 3
"""With so few recovery codes left their owner is warned."""


@dataclass(frozen=True)
class FactorState:
    """How an account stands with the second factor."""

    since: datetime | None
    required: bool
    codes_left: int

    @property
    def is_on(self) -> bool:
        return self.since is not None

    @property
    def few_codes(self) -> bool:
        return self.is_on and self.codes_left <= FEW_CODES


def factor_state_of(user: User) -> FactorState:
    """Whether `user` has a second factor, must have one, and how many recovery codes are left."""
    factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
    left = RecoveryCode.objects.filter(user=user, used_at__isnull=True).count() if factor else 0
    return FactorState(factor.confirmed_at if factor else None, is_required(user), left)


def locks_of(user: User) -> list[SignInLock]:
    """The addresses at which the account's name is locked now."""
    return list(SignInLock.objects.filter(username=user.username, locked_until__gt=real_now()).order_by("locked_until"))


# In this order: Edge and Opera also call themselves Chrome, Chrome also calls itself Safari.
BROWSERS = (
    ("Edg/", "Microsoft Edge"), ("OPR/", "Opera"), ("coc_coc_browser/", "Cốc Cốc"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


def browser_of(agent: str) -> str:
    """ "Chrome, Windows" from what the browser calls itself; what is not known stays as it was sent."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part) or agent[:60]
