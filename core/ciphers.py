"""Texts kept so that only this installation can read them.

Keys are made from FIELD_KEY, one pair for each purpose: what is stored for one purpose cannot be put in
the place of another. A copy of the database alone gives nothing away.
"""

import base64
import hmac
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """The text was ciphered with another key than the one this installation has."""


class FieldCipher:
    """Ciphers the texts of one purpose, and makes the codes by which equal ones are found."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose

    def cipher(self, text: str) -> str:
        return _fernet(self.purpose, settings.FIELD_KEY).encrypt(text.encode()).decode()

    def decipher(self, stored: str) -> str:
        """The text. Raises Unreadable if FIELD_KEY is not the one it was stored with."""
        try:
            return _fernet(self.purpose, settings.FIELD_KEY).decrypt(stored.encode()).decode()
        except InvalidToken as error:
            raise Unreadable from error

    def code(self, text: str) -> str:
        """64 hex digits, the same for the same text, from which the text cannot be found without the key."""
        return hmac.new(_key(f"{self.purpose} match", settings.FIELD_KEY), text.encode(), sha256).hexdigest()


def key_print() -> str:
    """A print of FIELD_KEY, which tells two keys apart and gives neither away: backups carry it."""
    return _key("key print", settings.FIELD_KEY).hex()[:32]


@lru_cache(maxsize=16)
def _key(info: str, secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode()).derive(secret.encode())


@lru_cache(maxsize=8)
def _fernet(purpose: str, secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(f"{purpose} cipher", secret)))
