import gzip
import secrets
from collections.abc import Iterator
from pathlib import Path

import django.contrib.auth.password_validation as validation
import pytest
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.passwords import ALPHABET, WORD_SOURCES, make_initial_password
from accounts.services.passwords import change_password
from core.audit.models import Entry
from core.errors import ServiceError
from tests.accounts.factories import PASSWORD

URL = "/account/password/"
pytestmark = pytest.mark.django_db  # the words to refuse include the names of units


@pytest.fixture
def unit_words() -> Iterator[None]:
    def words() -> tuple[str, ...]:
        return ("Sóc Trăng", "Huyện Châu Thành", "Châu Thành", "H942")

    WORD_SOURCES.append(words)
    yield
    WORD_SOURCES.remove(words)


@pytest.mark.parametrize(
    "password",
    [
        "con bo sua 27",
        "hoacuctrangvangxanhtim",
        "trời xanh mây trắng nắng vàng, gió thổi nhẹ qua cánh đồng lúa ấy",
        ("Đêm nằm mơ thấy một con voi biết đọc thơ lục bát " * 3)[:128],
        "thi đua thì thích nhưng tôi mê câu cá hơn",
    ],
)
def test_passphrases_are_accepted(unit_words: None, password: str) -> None:
    validate_password(password, User(username="ngochan.pnv", full_name="Lý Thị Ngọc Hân"))


def test_length_decides() -> None:
    with pytest.raises(ValidationError):
        validate_password("mười một kt")
    validate_password("mười hai ktự")


@pytest.mark.parametrize(
    "password",
    [
        "thiduakhenthuong2026",
        "ThiĐua-KhenThưởng",
        "soctrang123456",
        "Sóc Trăng 2026!!!",
        "huyenchauthanh",
        "h942-h942-h942",
        "ngochan.pnv123",
        "lythingochan1990",
        "matkhau123456",
        "Administrator1!",
        "0912345678 0912345678",
        "091234567890",
    ],
)
def test_words_of_the_place_are_refused(unit_words: None, password: str) -> None:
    user = User(username="ngochan.pnv", full_name="Lý Thị Ngọc Hân", phone="0912 345 678")
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_common_passwords_are_refused() -> None:
    path = Path(validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        common = [line.strip() for line in file if len(line.strip()) >= 12][:3000]
    assert common
    for password in common:
        with pytest.raises(ValidationError):
            validate_password(password)


def test_no_rules_about_kinds_of_characters() -> None:
    names = [validator["NAME"].rpartition(".")[2] for validator in settings.AUTH_PASSWORD_VALIDATORS]
    assert names == [
        "UserAttributeSimilarityValidator",
        "LengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
        "ContextWordValidator",
    ]
    assert "tên phần mềm" in password_validators_help_texts()[-1]


def test_initial_passwords_are_random_and_legible() -> None:
    made = {make_initial_password() for _n in range(200)}
    assert len(made) == 200
    assert all(set(password) <= {*ALPHABET, "-"} and len(password) == 19 for password in made)
    assert not set("0O1lI") & set(ALPHABET)
    for password in list(made)[:20]:
        validate_password(password)


def test_change_needs_the_present_password(client: Client, user: User) -> None:
    client.force_login(user)
    new = "bốn tiếng không liên quan"
    for old in ("", "khong-phai"):
        page = client.post(URL, {"old": old, "new": new, "again": new})
        assert page.status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("ngắn quá", "ngắn quá", "Mật khẩu quá ngắn. Cần ít nhất 12 ký tự."),
        ("con voi đọc thơ lục bát", "con voi đọc thơ lục bá", "Hai lần nhập mật khẩu mới không giống nhau."),
        (PASSWORD, PASSWORD, "Mật khẩu mới phải khác mật khẩu hiện tại."),
        ("thiduakhenthuong2026", "thiduakhenthuong2026", "Mật khẩu gồm những từ dễ đoán"),
    ],
)
def test_change_is_refused_at_the_field(client: Client, user: User, new: str, again: str, words: str) -> None:
    client.force_login(user)
    page = client.post(URL, {"old": PASSWORD, "new": new, "again": again}).content.decode()
    assert words in page
    assert new not in page
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_change_is_audited_without_the_password(user: User) -> None:
    new = secrets.token_hex(12)
    change_password(user=user, old=PASSWORD, new=new)
    entry = Entry.objects.get(action="account.password_changed")
    assert (entry.actor, entry.changes) == (user, {"forced": [False, False]})
    assert new not in str(entry.changes)


def test_service_refuses_a_weak_password_without_a_form(user: User) -> None:
    with pytest.raises(ServiceError) as refused:
        change_password(user=user, old=PASSWORD, new="ngan")
    assert refused.value.field == "new"


def test_page_lets_password_managers_work(client: Client, user: User) -> None:
    client.force_login(user)
    page = client.get(reverse("accounts:password_change")).content.decode()
    assert page.count('autocomplete="current-password"') == 1
    assert page.count('autocomplete="new-password"') == 2
    assert "onpaste" not in page
