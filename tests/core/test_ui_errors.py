"""Error pages in the house look, with the request's number and without a word of the inside."""

import pytest
from django.test import Client

from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.ui_site.urls")]

PAGES = [
    ("bad", 400, "Không đọc được yêu cầu"),
    ("denied", 403, "Trang này không thuộc nhiệm vụ của bạn"),
    ("not-allowed", 403, "Trang này không thuộc nhiệm vụ của bạn"),
    ("missing", 404, "Không có gì ở địa chỉ này"),
    ("no-row", 404, "Không có gì ở địa chỉ này"),
    ("moved", 409, "Nội dung đã thay đổi trong lúc bạn làm"),
    ("state", 409, "Bước này không đi từ trạng thái hiện tại."),
    ("service", 409, "Không làm được việc này."),
    ("big", 413, "Nội dung gửi lên quá lớn"),
    ("fields", 413, "Nội dung gửi lên quá lớn"),
    ("many", 429, "thử lại sau 2 phút"),
    ("down", 503, "Hệ thống đang được bảo trì"),
    ("failure", 500, "Chưa mở được trang này"),
]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(("how", "status", "words"), PAGES)
def test_page_says_what_and_gives_the_number(client, how: str, status: int, words: str, signed_in: bool) -> None:
    if signed_in:
        client.force_login(UserFactory(), backend="accounts.backends.AccountBackend")
    answer = client.get(f"/broken/{how}/", headers={"X-Request-Id": "abcdef123456"})
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert "abcdef123456" in page
    assert "a secret inside" not in page


@pytest.mark.parametrize(("how", "status", "words"), [p for p in PAGES if p[1] != 500])
def test_part_of_a_page_gets_a_short_message(client, how: str, status: int, words: str) -> None:
    answer = client.get(f"/broken/{how}/", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == status
    assert "data-error" in page
    assert "<html" not in page


def test_own_failure_page_asks_nothing_of_database_or_person(client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/broken/failure/")
    assert "topbar" not in answer.content.decode()


def test_refusals_that_pass_say_when_to_come_back(client) -> None:
    assert client.get("/broken/many/")["Retry-After"] == "90"
    assert client.get("/broken/down/")["Retry-After"] == "120"


def test_unknown_address_is_not_found(client) -> None:
    client.force_login(UserFactory(), backend="accounts.backends.AccountBackend")
    answer = client.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không có gì ở địa chỉ này" in answer.content.decode()


def test_more_fields_than_one_post_may_carry_is_said(client, settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    client.force_login(UserFactory(), backend="accounts.backends.AccountBackend")
    answer = client.post("/reads-post/", {f"f{number}": "x" for number in range(5)})
    assert answer.status_code == 413


def test_more_fields_are_said_before_the_token_is_checked(settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post("/reads-post/", {f"f{number}": "x" for number in range(5)})
    assert answer.status_code == 413


def test_more_bytes_than_one_post_may_carry_are_said(client, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = client.post("/reads-post/", "a=" + "x" * 200, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_a_foreign_host_is_told_off_without_being_repeated(client) -> None:
    answer = client.get("/list/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "Không đọc được yêu cầu" in answer.content.decode()
    assert "evil.example" not in answer.content.decode()


def test_personal_pages_are_kept_nowhere(client) -> None:
    client.force_login(UserFactory(), backend="accounts.backends.AccountBackend")
    answer = client.get("/list/")
    assert answer["Cache-Control"] == "no-store, private"
    assert {"Cookie", "HX-Request"} <= {part.strip() for part in answer["Vary"].split(",")}


def test_error_pages_carry_the_policy_and_no_inline_code(client) -> None:
    for how, _status, _words in PAGES:
        answer = client.get(f"/broken/{how}/")
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert " style=" not in answer.content.decode()
