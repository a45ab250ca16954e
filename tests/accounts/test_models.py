import pytest

from accounts.models import User
from accounts.permissions import MANAGE
from accounts.queries import browser_of
from tests.accounts.factories import AdministratorFactory
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_there_is_no_superuser_and_no_staff() -> None:
    names = {field.name for field in User._meta.get_fields()}
    assert not names & {"is_superuser", "is_staff", "groups", "user_permissions"}


def test_only_active_administrators_manage_accounts() -> None:
    assert AdministratorFactory().has_perm(MANAGE)
    assert not AdministratorFactory(is_active=False).has_perm(MANAGE)
    assert not UserFactory().has_perm(MANAGE)


def test_unknown_permission_is_denied_to_everybody() -> None:
    assert not AdministratorFactory().has_perm("accounts.no_such_right")


def test_visible_accounts() -> None:
    administrator, user = AdministratorFactory(), UserFactory()
    closed = AdministratorFactory(is_active=False)
    assert set(User.objects.visible_to(administrator)) == {administrator, user, closed}
    assert set(User.objects.visible_to(user)) == {user}
    assert set(User.objects.visible_to(closed)) == {closed}


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140.0 Safari/537.36 Edg/140.0", "Microsoft Edge, Windows"),
        ("Mozilla/5.0 (Windows NT 6.1) coc_coc_browser/100.0 Chrome/94.0 Safari/537.36", "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
    ],
)
def test_browser_is_named(agent: str, shown: str) -> None:
    assert browser_of(agent) == shown
