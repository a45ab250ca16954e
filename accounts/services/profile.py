"""What people change about themselves."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import working_day
from accounts.models import User
from accounts.models.user import Digest
from accounts.services.accounts import locked
from core import audit
from core.errors import NotAllowed, ServiceError
from core.text import clean_line


@transaction.atomic
def edit_profile(
    *, user: User, version: int, full_name: str, email: str | None, phone: str, language: str,
    digest: str = "",
) -> User:  # fmt: skip
    """Change one's own data; without `digest` its choice stays. Raises MovedOn, and ServiceError at the field."""
    account = locked(user.pk, version=version)
    address = clean_line(email or "").lower()
    values: dict[str, object] = {
        "full_name": clean_line(full_name),
        "email": address or None,
        "phone": clean_line(phone),
        "language": known_language(language),
        "digest": Digest(digest).value if digest else account.digest,
    }
    if not values["full_name"]:
        raise ServiceError(_("State your full name."), field="full_name")
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ServiceError(error.messages[0], field="email") from error
    changes = {name: [getattr(account, name), new] for name, new in values.items() if getattr(account, name) != new}
    for name, value in values.items():
        setattr(account, name, value)
    account.version += 1
    account.save()
    audit.record("account.profile_edited", actor=account, subject=account, changes=changes)
    return account


@transaction.atomic
def choose_language(*, user: User, language: str) -> User:
    """Change the language of one's pages."""
    account = locked(user.pk)
    before, account.language = account.language, known_language(language)
    account.save(update_fields=["language"])
    audit.record("account.language_chosen", actor=account, subject=account, changes={"language": [before, language]})
    return account


@transaction.atomic
def choose_working_day(*, user: User, day: date | None) -> User:
    """Stand on another day with demo data; None is the machine's day. Raises NotAllowed with real data."""
    if not working_day.may_differ():
        raise NotAllowed(_("The working day can be chosen with demo data only."))
    account = locked(user.pk)
    before, account.working_day = account.working_day, day
    account.save(update_fields=["working_day"])
    audit.record(
        "account.working_day_chosen",
        actor=account,
        subject=account,
        changes={"working_day": [before and before.isoformat(), day and day.isoformat()]},
    )
    return account


def known_language(language: str) -> str:
    """`language` if the application speaks it; raises ServiceError otherwise."""
    if language not in dict(settings.LANGUAGES):
        raise ServiceError(_("The application does not speak this language."), field="language")
    return language
