"""Tables of this room."""

from accounts.models.factor import RecoveryCode, SecondFactor
from accounts.models.lock import AddressTally, SignInLock
from accounts.models.session import Session
from accounts.models.user import User, UserManager, UserQuerySet

__all__ = [
    "AddressTally", "RecoveryCode", "SecondFactor", "Session", "SignInLock", "User", "UserManager", "UserQuerySet",
]  # fmt: skip
