"""What people are told: the inbox, and the mail outbox.

``from core import notices`` is the door of this room. The functions import their modules when called:
services of other apps import this package while Django is still loading its models.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from core.notices.kinds import MAILS, NOTICES, Params, register, register_mail

if TYPE_CHECKING:
    from django.db.models import Model

    from core.notices.models import OutgoingMail

__all__ = ["MAILS", "NOTICES", "after_commit", "queue_mail", "register", "register_mail", "unread_count"]


def after_commit(
    code: str,
    *,
    recipients: Iterable[Any],
    target: "Model",
    params: Params | None = None,
    dedupe: str | None = None,
) -> None:
    """Put a notice about `target` into the inbox of each of `recipients` (users or their ids).

    The rows are written in the caller's transaction: nobody sees them before it commits, and none is
    lost if the process dies right after. With `dedupe` a person is told once, however often this runs.
    `params` is plain JSON for the text registered under `code`. Raises KeyError for an unknown code.
    """
    from core.notices.services import tell  # noqa: PLC0415 -- models load later

    tell(code, recipients=recipients, target=target, params=params, dedupe=dedupe)


def queue_mail(code: str, *, to: str, params: Params | None = None, language: str = "vi") -> "OutgoingMail":
    """Put a mail of `code` into the outbox, in the caller's transaction; it is sent after the commit."""
    from core.notices.mail import put_in_outbox  # noqa: PLC0415 -- models load later

    return put_in_outbox(code, to=to, params=params, language=language)


def unread_count(user: Any) -> int:
    """How many notices `user` has not read, for the bell in the top bar."""
    from core.notices.queries import count_unread  # noqa: PLC0415 -- models load later

    return count_unread(user)
