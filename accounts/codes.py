"""Six-digit codes that an app counts from a secret and the time (RFC 6238), and codes kept on paper."""

import base64
import hmac
import re
import secrets
from datetime import datetime
from urllib.parse import quote

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils.safestring import SafeString, mark_safe

from accounts.passwords import ALPHABET
from core.text import fold

STEP_SECONDS = 30
DIGITS = 6
WINDOW = 1
"""How many steps before and after the present one count: clocks of telephones differ a little."""
SECRET_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_GROUPS, RECOVERY_GROUP_LENGTH = 3, 4


def make_secret() -> str:
    """A random secret of 160 bits, in the 32 letters and digits that apps read (base 32)."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(moment: datetime) -> int:
    """The half-minute in which `moment` lies."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """The six digits of `step`."""
    # SHA-1 is what the apps understand; its collisions do not matter in an HMAC (RFC 6238, RFC 6194).
    return HOTP(base64.b32decode(secret), DIGITS, SHA1()).generate(step).decode()  # noqa: S303


def matching_step(secret: str, typed: str, *, now: datetime) -> int | None:
    """The step whose code was typed, of those that count now; None if it is the code of none.

    All of them are compared, each in constant time: how long it takes says nothing about how near it was.
    """
    digits = re.sub(r"\s", "", typed)
    found = None
    for step in range(step_at(now) - WINDOW, step_at(now) + WINDOW + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), digits.encode()):
            found = step
    return found


def app_address(secret: str, *, username: str, issuer: str) -> str:
    """What an app reads from the square: secret, account and whose account it is."""
    counting = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 -- see code_of
    # Some apps show a blank written as + as it stands.
    return counting.get_provisioning_uri(username, issuer).replace("+", quote(" "))


def square_of(address: str) -> SafeString:
    """The square that a camera reads, drawn for this page: nothing is asked of another site."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, light="#fff", svgclass=None)
    return mark_safe(drawing)  # noqa: S308 -- segno draws numbers and fixed names; nothing typed stands in it


def grouped(secret: str) -> str:
    """The secret in groups of four, to be typed by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def make_recovery_codes() -> list[str]:
    """Codes to keep on paper, each random with about 59 bits."""

    def group() -> str:
        return "".join(secrets.choice(ALPHABET) for _n in range(RECOVERY_GROUP_LENGTH))

    return ["-".join(group() for _g in range(RECOVERY_GROUPS)) for _c in range(RECOVERY_CODES)]


def bare_recovery_code(typed: str) -> str:
    """The letters and digits of a recovery code: case, blanks and dashes do not count."""
    return re.sub(r"[^a-z0-9]", "", fold(typed))
