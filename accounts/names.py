"""User names are compared folded: case, accents' composition and outer blanks do not count."""

import unicodedata

USERNAME_PATTERN = r"^[a-z0-9][a-z0-9._-]*\Z"


def fold_username(name: str) -> str:
    """The stored form of a user name."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
