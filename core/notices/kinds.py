"""What can be told: rows hold a code and parameters, the words are made when shown or sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.registry import Registry

if TYPE_CHECKING:
    from core.notices.models import Notice

Params = Mapping[str, Any]
Words = Callable[[Params], str]


@dataclass(frozen=True)
class NoticeKind:
    """Words, address and icon of one kind of notice."""

    text: Words
    url: Callable[["Notice"], str]
    icon: str


@dataclass(frozen=True)
class MailKind:
    """Subject and body of one kind of mail."""

    subject: Words
    body: Words


NOTICES: Registry[NoticeKind] = Registry("notice")
MAILS: Registry[MailKind] = Registry("mail")


def register(code: str, *, text: Words, url: Callable[["Notice"], str], icon: str = "bell") -> None:
    """Give the notices of `code` their sentence (from the stored parameters) and the page they lead to."""
    NOTICES.add(code, NoticeKind(text, url, icon))


def register_mail(code: str, *, subject: Words, body: Words) -> None:
    """Give the mails of `code` their subject and plain text."""
    MAILS.add(code, MailKind(subject, body))
