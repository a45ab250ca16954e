"""The arithmetic of six-digit codes and of codes on paper."""

import base64
import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts import codes

# The appendix of RFC 6238 gives eight digits for this secret; an app shows the last six.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
NOON = datetime(2026, 11, 20, 12, 0, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    moment = datetime.fromtimestamp(second, UTC)
    assert codes.code_of(RFC_SECRET, codes.step_at(moment)) == code
    assert codes.matching_step(RFC_SECRET, code, now=moment) == second // 30


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_only_the_neighbouring_steps_count(steps: int, accepted: bool) -> None:
    """ASVS 6.5.5 (A14): window of one step."""
    secret = codes.make_secret()
    code = codes.code_of(secret, codes.step_at(NOON + timedelta(seconds=30 * steps)))
    found = codes.matching_step(secret, code, now=NOON)
    assert found == (codes.step_at(NOON) + steps if accepted else None)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "۱۲۳۴۵۶", "٣" * 6, "x" * 5000])
def test_what_is_no_code_matches_nothing(typed: str) -> None:
    assert codes.matching_step(RFC_SECRET, typed, now=datetime.fromtimestamp(59, UTC)) is None


def test_blanks_between_the_digits_do_not_count() -> None:
    assert codes.matching_step(RFC_SECRET, " 287 082 ", now=datetime.fromtimestamp(59, UTC)) == 1


def test_secrets_are_long_and_never_the_same() -> None:
    made = {codes.make_secret() for _n in range(50)}
    assert len(made) == 50
    assert all(len(base64.b32decode(secret)) == 20 for secret in made)


def test_app_address_holds_no_blank_written_as_plus() -> None:
    address = codes.app_address(RFC_SECRET, username="ngochan.pnv", issuer="Thi đua – Khen thưởng")
    assert address.startswith("otpauth://totp/Thi%20%C4%91ua%20")
    assert f"secret={RFC_SECRET}" in address
    assert "+" not in address


def test_square_is_a_drawing_without_style_or_script() -> None:
    drawing = codes.square_of(codes.app_address(RFC_SECRET, username="a", issuer="<script>"))
    assert drawing.startswith("<svg")
    assert not re.search(r"style|script|http", drawing)


def test_recovery_codes_are_random_and_read_in_any_writing() -> None:
    made = codes.make_recovery_codes()
    assert len(set(made)) == codes.RECOVERY_CODES == 10
    assert all(re.fullmatch(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", code) for code in made)
    assert codes.bare_recovery_code(f" {made[0].upper().replace('-', ' ')} ") == made[0].replace("-", "")
