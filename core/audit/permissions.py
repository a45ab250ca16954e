"""Who reads the trail: administrators. A record's own history stands on the record's page."""

from typing import Any

import rules


@rules.predicate
def is_administrator(user: Any) -> bool:
    return bool(user.is_active and user.is_administrator)


rules.add_perm("audit.view_entry", is_administrator)
