"""A broker that refuses, freezes, is full, forgets: no page waits, every job is done later (F4–F9)."""

import signal
import time
from collections.abc import Callable

import pytest

from core.jobs.models import Job
from tests.faults import kinds  # noqa: F401 -- registers them in this process too
from tests.faults.house import House
from tests.servers import Broker, until

pytestmark = pytest.mark.workers
LONG = 5.0  # a page must not wait 2 s; a hang would be minutes, so a busy machine is given some room


def ours(broker: Broker) -> Broker:
    if not broker.is_ours:
        pytest.skip("TEST_REDIS_URL is somebody else's server: it is not frozen or killed")
    return broker


def refuse(broker: Broker) -> Callable[[], None]:
    broker.kill()
    return broker.start


def freeze(broker: Broker) -> Callable[[], None]:
    broker.send_signal(signal.SIGSTOP)
    return lambda: broker.send_signal(signal.SIGCONT)


def fill(broker: Broker) -> Callable[[], object]:
    broker.run("CONFIG", "SET", "maxmemory", "1")
    return lambda: broker.run("CONFIG", "SET", "maxmemory", "0")


@pytest.mark.parametrize("fault", [refuse, freeze, fill])
def test_a_faulty_broker_delays_jobs_and_nothing_else(house: House, fault):
    broker = ours(house.broker)
    worker = house.worker()
    house.until_ended(house.enqueue("faults.report", rows=10))
    mend = fault(broker)
    began = time.monotonic()
    waiting = [house.enqueue("faults.report", rows=rows) for rows in (20, 30, 40)]
    spent = time.monotonic() - began
    mend()
    assert spent < LONG
    for job in waiting:
        assert house.until_ended(job).attempts == 1
    assert not worker.is_dead, worker.words[-3000:]


def test_messages_that_a_broker_forgot_are_made_good(house: House):
    worker = house.worker()
    house.until_ended(house.enqueue("faults.report", rows=10))
    house.freeze(worker)
    waiting = [house.enqueue("faults.report", rows=rows) for rows in range(20, 30)]
    house.broker.run("FLUSHALL" if house.broker.is_ours else "FLUSHDB")
    worker.send_signal(signal.SIGCONT)
    for job in waiting:
        house.until_ended(job)


def test_a_broker_killed_with_fifty_jobs_in_line_loses_none(house: House):
    broker = ours(house.broker)
    waiting = [house.enqueue("faults.report", rows=rows) for rows in range(1, 51)]
    broker.kill()
    broker.start()
    house.worker()
    for job in waiting:
        house.until_ended(job)
    assert Job.objects.count() == 50


def test_a_broker_that_dies_in_mid_report_does_not_break_the_report(house: House):
    broker = ours(house.broker)
    worker = house.worker()
    made = [house.enqueue("faults.report", rows=rows, hold_at=5) for rows in (10, 20)]
    for job in made:
        house.until_held(job)
    waiting = [house.enqueue("faults.report", rows=rows) for rows in (30, 40, 50)]
    broker.kill()
    until(lambda: "Connection to broker lost" in worker.words, worker.words)
    broker.start()
    house.open_gate()
    for job in made + waiting:
        assert house.until_ended(job).attempts == 1
    assert not worker.is_dead, worker.words[-3000:]
