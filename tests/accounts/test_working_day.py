from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from accounts.services.profile import choose_working_day
from core.audit.models import Entry
from core.clock import real_today
from core.errors import NotAllowed

pytestmark = pytest.mark.django_db
URL = "/account/working-day/"


def shown_day(client: Client) -> date:
    return client.get("/").context["day"]


def test_pages_stand_on_the_accounts_day(client: Client, user: User) -> None:
    client.force_login(user)
    assert shown_day(client) == real_today()
    assert client.post(URL, {"day": "20/10/2024"})["Location"] == "/"
    assert shown_day(client) == date(2024, 10, 20)
    assert "Chủ nhật, ngày 20/10/2024" in client.get("/").content.decode()
    client.post(URL, {"day": "20/10/2024", "machine_day": "1"})
    assert shown_day(client) == real_today()


def test_day_is_one_accounts_own(client: Client, user: User, administrator: User) -> None:
    choose_working_day(user=user, day=date(2024, 10, 20))
    client.force_login(administrator)
    assert shown_day(client) == real_today()


def test_audit_keeps_the_true_time(user: User) -> None:
    choose_working_day(user=user, day=date(2024, 10, 20))
    entry = Entry.objects.get(action="account.working_day_chosen")
    assert entry.changes == {"working_day": [None, "2024-10-20"]}
    assert entry.at.date().year >= 2026


def test_real_data_know_no_other_day(client: Client, user: User, settings: object) -> None:
    choose_working_day(user=user, day=date(2024, 10, 20))
    settings.MODE, settings.DEMO = "production", False
    client.force_login(user)
    assert shown_day(client) == real_today()
    assert client.get(URL).status_code == 404
    assert client.post(URL, {"day": "20/10/2024"}).status_code == 404
    with pytest.raises(NotAllowed):
        choose_working_day(user=user, day=None)


def test_bad_day_stays_as_typed(client: Client, user: User) -> None:
    client.force_login(user)
    page = client.post(URL, {"day": "31/02/2024"}).content.decode()
    assert 'value="31/02/2024"' in page
