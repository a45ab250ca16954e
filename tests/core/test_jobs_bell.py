"""The bell: whatever the broker does, the caller goes on."""

import threading

import pytest

from core.jobs import bell


@pytest.fixture
def broker(monkeypatch):
    """Stands for the broker: notes each call, and waits while it is frozen."""

    class Broker:
        def __init__(self):
            self.heard, self.answers, self.error = [], threading.Event(), None
            self.answers.set()

        def __call__(self, app, call):
            self.answers.wait()
            self.heard.append((call.task, call.arguments, call.line))
            if self.error:
                raise self.error

    broker = Broker()
    monkeypatch.setattr(bell, "send", broker)
    return broker


@pytest.fixture
def ringer(broker):
    """The ringer of a process, whose calls are all out before the next test begins."""
    ringer = bell.Ringer()
    yield ringer
    broker.answers.set()
    drain(ringer)


def drain(ringer):
    last = bell.Call("last", (), "reports")
    ringer.calls.put(last)
    assert last.out.wait(60)


def test_a_call_is_out_when_ring_returns(ringer, broker):
    ringer.ring("task", "7", line="reports")
    assert broker.heard == [("task", ("7",), "reports")]


def test_trouble_is_logged_and_the_next_call_goes_out(ringer, broker, caplog):
    broker.error = ConnectionRefusedError("nobody there")
    ringer.ring("task", "7", line="reports")
    assert "ConnectionRefusedError" in caplog.text
    broker.error = None
    ringer.ring("task", "8", line="reports")
    assert [arguments for _task, arguments, _line in broker.heard] == [("7",), ("8",)]


def test_a_frozen_broker_holds_up_nobody_and_hears_all_calls_later(ringer, broker, monkeypatch):
    monkeypatch.setattr(bell, "PATIENCE", 0.01)
    broker.answers.clear()
    for number in "123":
        ringer.ring("task", number, line="reports")  # would hang here for ever
    assert broker.heard == []
    broker.answers.set()
    drain(ringer)
    assert [arguments for _task, arguments, _line in broker.heard] == [("1",), ("2",), ("3",), ()]


def test_calls_beyond_the_limit_are_left_to_the_reaper(ringer, broker, monkeypatch, caplog):
    monkeypatch.setattr(bell, "PATIENCE", 0.01)
    monkeypatch.setattr(bell, "MOST_WAITING", 1)
    broker.answers.clear()
    for number in "1234":
        ringer.ring("task", number, line="reports")
    assert "1 calls wait already" in caplog.text


def test_a_forked_process_rings_for_itself(ringer, broker, monkeypatch):
    ringer.ring("task", "1", line="reports")
    parent = ringer.thread
    monkeypatch.setattr(bell.os, "getpid", lambda: ringer.process + 1)
    ringer.ring("task", "2", line="reports")
    assert ringer.thread is not parent
    assert len(broker.heard) == 2
