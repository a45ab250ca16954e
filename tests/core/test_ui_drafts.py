"""What is typed is kept for its writer, and for nobody else."""

import json
from datetime import timedelta

import pytest
from django.core import signing

from core.clock import real_now
from core.ui import drafts
from core.ui.models import Draft
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.ui_site.urls")]

FORM = {"form": "form", "object_ref": ""}


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def signed_in(client, user):
    client.force_login(user, backend="accounts.backends.AccountBackend")
    return client


def save(client, token: str, payload: object):
    return client.post(
        "/ui/drafts/save/", json.dumps(payload), content_type="application/json", headers={"X-Draft": token}
    )


def test_typed_text_is_kept_and_shown_again(signed_in, user) -> None:
    token = signed_in.get("/form/").context["draft_token"]
    answer = save(signed_in, token, {"name": ["Nguyễn"], "amount": ["1,500"]})
    assert answer.status_code == 200
    assert set(answer.json()) == {"saved_at"}
    page = signed_in.get("/form/")
    text = page.content.decode()
    assert 'value="Nguyễn"' in text
    assert 'value="1,500"' in text
    assert "Bên dưới là nội dung bạn nhập" in text
    assert "error-summary" not in text  # nothing was sent, so nothing is wrong yet


def test_sending_the_form_drops_the_draft(signed_in, user) -> None:
    drafts.keep(actor=user, payload={"name": ["x"]}, **FORM)
    signed_in.post("/form/", {"name": "moi"})
    assert not Draft.objects.exists()


def test_refused_form_leaves_the_draft(signed_in, user) -> None:
    drafts.keep(actor=user, payload={"name": ["x"]}, **FORM)
    assert signed_in.post("/form/", {"name": "refused"}).status_code == 200
    assert Draft.objects.count() == 1


def test_discarding_shows_the_stored_page(signed_in, user) -> None:
    drafts.keep(actor=user, payload={"name": ["x"]}, **FORM)
    token = signed_in.get("/form/").context["draft_token"]
    answer = signed_in.post("/ui/drafts/discard/", {"draft": token, "next": "/form/"})
    assert answer["Location"] == "/form/"
    assert 'value="x"' not in signed_in.get("/form/").content.decode()


def test_discarding_leads_only_to_our_own_pages(signed_in) -> None:
    token = signed_in.get("/form/").context["draft_token"]
    answer = signed_in.post("/ui/drafts/discard/", {"draft": token, "next": "//evil.example/"})
    assert answer["Location"] == "/"


def test_draft_is_its_writers_alone(signed_in, client, user) -> None:
    other = UserFactory()
    drafts.keep(actor=other, payload={"name": ["của người khác"]}, **FORM)
    assert "của người khác" not in signed_in.get("/form/").content.decode()
    assert save(signed_in, drafts.token_for(other, "form", ""), {"name": ["x"]}).status_code == 409
    assert Draft.objects.get().payload == {"name": ["của người khác"]}


def test_only_forms_that_were_shown_can_be_kept(signed_in, user) -> None:
    assert save(signed_in, "", {}).status_code == 409
    forged = signing.dumps([user.pk, "x", "", ""], salt="other")
    assert save(signed_in, forged, {}).status_code == 409
    assert not Draft.objects.exists()


@pytest.mark.parametrize("payload", [[], "x", {"name": "x"}, {"name": [1]}, {"name": [None]}])
def test_malformed_payload_is_refused(signed_in, user, payload: object) -> None:
    assert save(signed_in, drafts.token_for(user, "form", ""), payload).status_code == 400


def test_session_that_ended_is_told(client) -> None:
    assert save(client, "x", {}).status_code in (302, 401)


def test_get_never_keeps_or_drops(signed_in) -> None:
    assert signed_in.get("/ui/drafts/save/").status_code == 405
    assert signed_in.get("/ui/drafts/discard/").status_code == 405


def test_tokens_and_secrets_are_not_in_the_draft(user) -> None:
    draft = drafts.keep(actor=user, payload={"csrfmiddlewaretoken": ["t"], "_once": ["k"], "name": ["x"]}, **FORM)
    assert draft.payload == {"name": ["x"]}


def test_too_much_text_is_refused(user) -> None:
    with pytest.raises(drafts.DraftRefused):
        drafts.keep(actor=user, payload={"name": ["x" * (drafts.MOST_BYTES + 1)]}, **FORM)


def test_the_oldest_draft_makes_room(user, monkeypatch) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    for ref in ("1", "2", "3"):
        drafts.keep(actor=user, form="form", object_ref=ref, payload={})
        Draft.objects.filter(object_ref=ref).update(updated=real_now() - timedelta(days=9 - int(ref)))
    assert set(Draft.objects.values_list("object_ref", flat=True)) == {"2", "3"}


def test_brackets_by_the_thousand_are_refused(signed_in, user) -> None:
    token = {"X-Draft": drafts.token_for(user, "form", "")}
    answer = signed_in.post("/ui/drafts/save/", b"[" * 10_000, content_type="application/json", headers=token)
    assert answer.status_code == 400


def test_conflict_keeps_what_was_typed_but_no_password(signed_in, user) -> None:
    answer = signed_in.post("/form/", {"name": "moved", "words": "dài", "secret": "bi-mat-9"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "dài" in page
    assert "bi-mat-9" not in page
    assert Draft.objects.get().payload == {"name": ["moved"], "words": ["dài"]}
    assert "dài" in signed_in.get("/form/").content.decode()


def test_draft_of_an_older_version_says_so(signed_in, user) -> None:
    drafts.keep(actor=user, payload={"name": ["x"]}, based_on="3", **FORM)
    assert "Hồ sơ đã thay đổi sau đó" in signed_in.get("/form/").content.decode()
