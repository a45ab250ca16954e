"""User names are compared folded: case, accents' composition and outer blanks do not count."""

import unicodedata


def fold_username(name: str) -> str:
    """The stored form of a user name."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
