"""Writing pages: once a key, refusals where they are read, acts by POST alone."""

import threading

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client

from accounts.models import User
from core.ui.models import PostOnce
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.ui_site.urls")]
BACKEND = "accounts.backends.AccountBackend"


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def signed_in(client, user):
    client.force_login(user, backend=BACKEND)
    return client


def test_second_equal_post_leads_to_the_first_result(signed_in, user) -> None:
    once = signed_in.get("/form/").context["once"]
    first = signed_in.post("/form/", {"name": "mot", "_once": once})
    second = signed_in.post("/form/", {"name": "mot", "_once": once})
    assert (first.status_code, second.status_code) == (302, 303)
    assert first["Location"] == second["Location"] == "/list/"
    assert User.objects.filter(username="mot").count() == 1
    assert PostOnce.objects.get().user == user


def test_key_of_one_person_is_not_anothers(signed_in, user) -> None:
    PostOnce.objects.create(user=UserFactory(), key="k", result_url="/secret/", created="2024-01-01T00:00Z")
    assert signed_in.post("/form/", {"name": "mot", "_once": "k"})["Location"] == "/list/"


def test_each_page_has_its_own_key(signed_in) -> None:
    assert signed_in.get("/form/").context["once"] != signed_in.get("/form/").context["once"]


def test_refused_post_leaves_no_key_behind(signed_in) -> None:
    assert signed_in.post("/form/", {"name": "refused", "_once": "k"}).status_code == 200
    assert signed_in.post("/form/", {"name": "moved", "_once": "k"}).status_code == 409
    assert not PostOnce.objects.exists()
    assert signed_in.post("/form/", {"name": "mot", "_once": "k"}).status_code == 302


def test_key_is_written_with_the_work_or_not_at_all(signed_in) -> None:
    UserFactory(username="taken")
    signed_in.raise_request_exception = False
    assert signed_in.post("/form/", {"name": "taken", "_once": "k"}).status_code == 500  # unique user name
    assert not PostOnce.objects.exists()


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_twins_at_the_same_moment_make_one_result(user) -> None:
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user, backend=BACKEND)
    answers: list[int] = []
    gate = threading.Barrier(2, timeout=20)

    def press(client: Client) -> None:
        try:
            gate.wait()
            answers.append(client.post("/form/", {"name": "doi", "_once": "k"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 303]
    assert User.objects.filter(username="doi").count() == 1


def test_refusal_of_the_service_stands_at_its_field(signed_in) -> None:
    page = signed_in.post("/form/", {"name": "refused"})
    assert page.context["form"].errors["name"] == ["Tên này không dùng được."]
    assert 'value="refused"' in page.content.decode()


def test_success_is_said(signed_in) -> None:
    answer = signed_in.post("/form/", {"name": "mot"})
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Đã lưu."]


def test_act_is_done_by_post_alone(signed_in) -> None:
    assert signed_in.get("/act/").status_code == 405
    assert signed_in.post("/act/")["Location"] == "/list/"


def test_refused_act_says_why_on_the_page_it_came_from(signed_in) -> None:
    answer = signed_in.post("/act/", {"refuse": "1"}, headers={"Referer": "http://testserver/form/"})
    assert answer["Location"] == "http://testserver/form/"
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Không làm được."]


def test_refused_act_never_leads_to_another_site(signed_in) -> None:
    answer = signed_in.post("/act/", {"refuse": "1"}, headers={"Referer": "http://evil.example/x"})
    assert answer["Location"] == "/list/"


def test_page_before_the_irrevocable_states_and_asks(signed_in) -> None:
    assert "Lý do" in signed_in.get("/reason/").content.decode()
    assert "Chưa nhập mục này." in signed_in.post("/reason/", {"reason": ""}).content.decode()
    assert signed_in.post("/reason/", {"reason": "sai số"}).status_code == 302


def test_search_for_a_choice_judges_nothing(signed_in) -> None:
    page = signed_in.post("/form/", {"name": "", "_search": "name"})
    assert page.status_code == 200
    assert "error-summary" not in page.content.decode()


@pytest.mark.parametrize("address", ["/form/", "/act/", "/reason/"])
def test_signed_out_post_writes_nothing(client, address: str) -> None:
    answer = client.post(address, {"name": "mot", "reason": "x"})
    assert answer.status_code == 302
    assert "/account/sign-in/" in answer["Location"]
    assert not User.objects.filter(username="mot").exists()


def test_post_without_the_forms_token_is_refused(user) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend=BACKEND)
    answer = client.post("/form/", {"name": "mot"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()
