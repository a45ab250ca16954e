"""`/healthz` answers whatever is down; `/readyz` says by name what the product leans on."""

import pytest

from core.jobs import tick

pytestmark = pytest.mark.django_db


def test_healthz_answers_without_signing_in(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-cache" in answer["Cache-Control"]


def test_readyz_names_every_check(client):
    checks = client.get("/readyz").json()["checks"]
    assert set(checks) == {
        "database", "migrations", "disk", "broker", "oldest_queued_job", "worker_tick", "unsealed_audit",
    }  # fmt: skip
    assert checks["database"]["ok"]
    assert checks["migrations"]["ok"]


def test_readyz_is_red_until_a_worker_has_ticked(client):
    before = client.get("/readyz")
    assert (before.status_code, before.json()["checks"]["worker_tick"]["ok"]) == (503, False)
    tick.run_due()
    assert client.get("/readyz").json()["checks"]["worker_tick"]["ok"]
