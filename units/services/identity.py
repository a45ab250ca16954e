"""Citizens' identity numbers: stored ciphered, matched by a keyed code, read with a reason and a trace."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.ciphers import FieldCipher, Unreadable
from core.errors import ServiceError
from units.models import Person
from units.permissions import require
from units.services.rows import lock

VIEW = "units.view_identity"
MASK = "•••••••••"
_CIPHER = FieldCipher("identity")
_SEPARATORS = re.compile(r"[\s.\-]+")


class UnreadableIdentity(ServiceError):
    """The stored number was ciphered with another key than the one this installation has."""


def normal_number(typed: str) -> str:
    """The digits of a number as typed. Raises ServiceError at `identity` unless 12 digits, or 9 on old cards."""
    number = _SEPARATORS.sub("", typed)
    if not re.fullmatch(r"[0-9]+", number):
        raise ServiceError(_("An identity number has digits only."), field="identity")
    if len(number) in (8, 11):
        raise ServiceError(
            _("The number has %(count)d digits: a leading 0 may have been lost in a workbook.")
            % {"count": len(number)},
            field="identity",
        )
    if len(number) not in (9, 12):
        raise ServiceError(_("An identity number has 12 digits, an old one 9."), field="identity")
    return number


def match_code(number: str) -> str:
    """The code by which equal numbers are found without reading any."""
    return _CIPHER.code(number)


def cipher(number: str) -> str:
    return _CIPHER.cipher(number)


def decipher(text: str) -> str:
    """The number. Raises UnreadableIdentity if FIELD_KEY is not the one it was stored with."""
    try:
        return _CIPHER.decipher(text)
    except Unreadable as error:
        raise UnreadableIdentity(_("The number cannot be read: it was stored with another key (FIELD_KEY).")) from error


@transaction.atomic
def set_identity(*, person_id: int, number: str, actor: User | None, version: int | None = None) -> Person:
    """Store a number, or with an empty text forget it. Raises ServiceError if somebody else has it."""
    person = lock(Person, person_id, actor=actor, version=version)
    require(actor, "units.manage_person", person)
    digits = normal_number(number) if number.strip() else ""
    code = match_code(digits) if digits else None
    if code is not None and Person.objects.filter(id_hmac=code).exclude(pk=person.pk).exists():
        raise ServiceError(_("Another record already has this identity number."), field="identity")
    had = person.has_identity
    person.id_cipher, person.id_hmac = (cipher(digits), code) if digits else ("", None)
    person.save(update_fields=["id_cipher", "id_hmac"])
    if had or digits:
        audit.record("person.identity_set" if digits else "person.identity_cleared", actor=actor, subject=person)
    return person


@transaction.atomic
def read_identity(*, person_id: int, reason: str, actor: User) -> str:
    """The number in clear, for somebody who says why; the reading is entered in the trail."""
    person = lock(Person, person_id, actor=actor)
    require(actor, VIEW, person)
    if not reason.strip():
        raise ServiceError(_("Say why the number has to be read."), field="reason")
    if not person.has_identity:
        raise ServiceError(_("No identity number is recorded here."))
    number = decipher(person.id_cipher)
    audit.record("person.identity_read", actor=actor, subject=person, reason=reason)
    return number
