"""What two people do at the same moment. Row locks: PostgreSQL only."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts.models import AddressTally, SignInLock, User
from accounts.services import accounts, locks, second_factor
from core.errors import NotAllowed, WrongState
from tests.accounts.factories import PASSWORD, AdministratorFactory, code_now, give_factor
from tests.factories import UserFactory

pytestmark = [pytest.mark.postgres_only, pytest.mark.django_db(transaction=True)]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all works at the same moment, each on its own connection; a refusal is its result."""
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        start.wait(timeout=10)
        try:
            return work()
        except (WrongState, NotAllowed) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.parametrize("_round", range(5))
def test_two_administrators_cannot_remove_each_other(_round: int) -> None:
    first, second = AdministratorFactory.create_batch(2)
    results = at_once(
        lambda: accounts.deactivate_account(actor=first, account_id=second.pk, reason="Một"),
        lambda: accounts.deactivate_account(actor=second, account_id=first.pk, reason="Hai"),
    )
    assert sum(isinstance(result, WrongState) for result in results) == 1
    assert User.objects.filter(is_administrator=True, is_active=True).count() == 1


def test_failures_at_the_same_moment_are_all_counted() -> None:
    address = "192.0.2.7"
    at_once(*[lambda: locks.note_failure(username="ai.do", address=address) for _n in range(4)])
    assert SignInLock.objects.get().failures == 4
    assert AddressTally.objects.get().failures == 4
    locks.note_failure(username="ai.do", address=address)
    assert locks.closed_until(username="ai.do", address=address) is not None


def test_same_code_at_the_same_moment_is_accepted_once() -> None:
    """A14 (ASVS 6.5.1)."""
    for user in UserFactory.create_batch(20):
        accept = partial(second_factor.accept_code, user=user, code=code_now(give_factor(user)))
        assert sorted(at_once(*[accept] * 4)) == [False, False, False, True]


def test_same_recovery_code_at_the_same_moment_is_accepted_once() -> None:
    """B6."""
    for user in UserFactory.create_batch(20):
        give_factor(user)
        code = second_factor.renew_codes(user=user, password=PASSWORD)[0]
        accept = partial(second_factor.accept_recovery_code, user=user, code=code)
        assert sorted(at_once(*[accept] * 4)) == [False, False, False, True]
        assert second_factor.codes_left(user) == 9
