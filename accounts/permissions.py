"""The rights of this room. They hang on the account itself, not on a membership."""

import rules
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import NotAllowed

MANAGE = "accounts.manage_account"


@rules.predicate
def is_active_administrator(user: User) -> bool:
    return bool(user.is_active and user.is_administrator)


rules.add_perm(MANAGE, is_active_administrator)


def require_management(actor: User | None) -> None:
    """Let administrators pass, and the system itself (None); raises NotAllowed for everybody else."""
    if actor is not None and not actor.has_perm(MANAGE):
        raise NotAllowed(_("Only an administrator may do this."))
