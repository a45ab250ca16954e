"""User names and passwords in the one form in which they are compared.

User names: case, the composition of accents and outer blanks do not count.
"""

import unicodedata

USERNAME_PATTERN = r"^[a-z0-9][a-z0-9._-]*\Z"


def fold_username(name: str) -> str:
    """The stored form of a user name."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def normal_password(password: str) -> str:
    """The form of a password that is checked and hashed: Unicode NFC, nothing else changed.

    Some Vietnamese keyboards send "ế" as one character, others as three; both must open the account.
    Blanks stay, also at the ends, and nothing is cut.
    """
    return unicodedata.normalize("NFC", password)
