"""What makes a good password here: length, and words an attacker who knows the office would not try.

No rules about kinds of characters (OWASP ASVS 6.2.5). Passwords are compared in Unicode NFC, see
`accounts.names.normal_password`; nothing is cut and blanks count.
"""

import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import fold

# Without letters and digits that are mistaken for each other when read aloud or copied by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4
SHORTEST_WORD = 4
LETTERS_OF_ONES_OWN = 6

PRODUCT_WORDS = (
    "thi đua", "khen thưởng", "phong trào", "giấy khen", "bằng khen", "danh hiệu", "hội đồng", "ủy ban nhân dân",
    "ubnd", "mật khẩu", "đăng nhập", "quản trị", "cán bộ", "tài khoản", "password", "admin", "administrator",
    "login", "welcome", "qwerty", "việt nam", "xin chào", "anh yêu em", "không biết",
)  # fmt: skip

# Higher floors add theirs in AppConfig.ready(): names and codes of units, the issuer's name.
WORD_SOURCES: list[Callable[[], Iterable[str]]] = []


def make_initial_password() -> str:
    """A random password that can be read out over the telephone; about 79 bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _n in range(GROUP_LENGTH)) for _g in range(GROUPS))
    return "-".join(groups)


def bare(text: str) -> str:
    """Letters and digits of `text` alone, without accents: "Khen thưởng" and "khen-thuong" are the same."""
    return re.sub(r"[\W_]+", "", fold(text))


class LengthValidator(MinimumLengthValidator):
    """Django's, in our words: its own are not translated into Vietnamese in this version."""

    def get_error_message(self) -> str:
        return _("The password is too short. It needs at least %(n)d characters.") % {"n": self.min_length}

    def get_help_text(self) -> str:
        return _("It needs at least %(n)d characters.") % {"n": self.min_length}


class ContextWordValidator:
    """Refuses a password that is little more than words anybody would guess here (ASVS 6.2.11).

    The words are taken out of the password; at least six letters of one's own must remain. A long
    passphrase may therefore contain them.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError if too little is left of `password`."""
        left = bare(password)
        found = False
        for word in self.words(user):
            if word in left:
                found = True
                left = left.replace(word, " ")
        if found and sum(char.isalpha() for char in left) < LETTERS_OF_ONES_OWN:
            raise ValidationError(
                _(
                    "The password consists of words that are easy to guess here: the name of the application,"
                    " of a unit, or your own. Add words of your own."
                ),
                code="password_context_words",
            )

    def words(self, user: Any) -> list[str]:
        """The words to take out, longest first so that a whole name goes before its parts."""
        given = [*PRODUCT_WORDS, *(word for source in WORD_SOURCES for word in source())]
        if user is not None:
            given += [user.username, user.full_name, user.phone, *user.full_name.split()]
            given += [*re.split(r"[._-]", user.username), *re.split(r"[@._-]", user.email or "")]
        folded = {bare(word) for word in given}
        return sorted((word for word in folded if len(word) >= SHORTEST_WORD), key=lambda w: (-len(w), w))

    def get_help_text(self) -> str:
        return _("It must not consist of the name of the application, of a unit, or your own name.")
