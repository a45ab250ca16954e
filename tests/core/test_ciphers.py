import pytest
from pytest_django import Settings

from core.ciphers import FieldCipher, Unreadable

NUMBER = "094185001234"
# Made once with FIELD_KEY "a fixed key": what stands in a database must stay readable for ever.
STORED = "gAAAAAAAAAAA9-S1VboBYo0jKhUCvKLpP5cQ6cQw01WbNi7mDUvhcPiKHAPWbewiijCrSXFBcJGcxWSGYw_3sJQw_qwxjPwkgw=="
CODE = "edb39522284caa6a8cbd1ca18398db244f71aa375f7cd895e509c0cebfbdd49c"


def test_what_was_stored_stays_readable(settings: Settings) -> None:
    settings.FIELD_KEY = "a fixed key"
    assert FieldCipher("identity").decipher(STORED) == NUMBER
    assert FieldCipher("identity").code(NUMBER) == CODE


def test_text_does_not_stand_in_its_cipher_and_two_ciphers_differ() -> None:
    box = FieldCipher("identity")
    first, second = box.cipher(NUMBER), box.cipher(NUMBER)
    assert NUMBER not in first
    assert first != second
    assert box.decipher(first) == box.decipher(second) == NUMBER


def test_another_purpose_or_key_reads_nothing(settings: Settings) -> None:
    stored = FieldCipher("identity").cipher(NUMBER)
    with pytest.raises(Unreadable):
        FieldCipher("second factor").decipher(stored)
    assert FieldCipher("second factor").code(NUMBER) != FieldCipher("identity").code(NUMBER)
    settings.FIELD_KEY = "another key"
    with pytest.raises(Unreadable):
        FieldCipher("identity").decipher(stored)
