"""The bell: tells the workers that a row waits. A bell that cannot ring never holds up a page.

The row is the job; the message is only a wake-up call, so losing one costs time and nothing else: the
reaper rings again. Messages are sent by one thread of this process. The page waits for it a moment, so
that a short command does not end before its call is out, and goes on whatever the broker does.
"""

import logging
import os
import queue
import threading
from dataclasses import dataclass, field
from pathlib import Path

from celery import Celery
from celery.app import app_or_default
from django.conf import settings

log = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds the caller waits for its call to be out
MOST_WAITING = 1000  # calls kept while the broker is frozen; those beyond are left to the reaper


@dataclass(frozen=True)
class Call:
    task: str
    arguments: tuple[str, ...]
    line: str
    out: threading.Event = field(default_factory=threading.Event)


class Ringer:
    """The sending thread of one process, started with the first call."""

    def __init__(self) -> None:
        self.calls: queue.Queue[Call] = queue.Queue(MOST_WAITING)
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None
        self.process = 0

    def ring(self, task: str, *arguments: str, line: str) -> None:
        """Send a wake-up call; returns within PATIENCE, whether it went out or not."""
        self.ensure_thread()
        late = self.calls.unfinished_tasks > 0  # the thread is held up: nobody else waits for it too
        call = Call(task, arguments, line)
        try:
            self.calls.put_nowait(call)
        except queue.Full:
            log.warning("The bell cannot be rung: %s calls wait already.", MOST_WAITING)
            return
        if not late:
            call.out.wait(PATIENCE)

    def ensure_thread(self) -> None:
        with self.lock:
            if self.thread is not None and self.thread.is_alive() and self.process == os.getpid():
                return
            if self.process != os.getpid():  # a fork copied the calls of its parent, which sends them itself
                self.calls = queue.Queue(MOST_WAITING)
                self.process = os.getpid()
            self.thread = threading.Thread(
                target=send_all, args=(app_or_default(), self.calls), name="bell", daemon=True
            )
            self.thread.start()


def send_all(app: Celery, calls: "queue.Queue[Call]") -> None:
    while True:
        call = calls.get()
        try:
            send(app, call)
        except Exception as error:  # noqa: BLE001 -- whatever a broker raises, the reaper rings again
            log.warning("The bell could not be rung: %s: %s", type(error).__name__, error)
        finally:
            calls.task_done()
            call.out.set()


def send(app: Celery, call: Call) -> None:
    """One message over a connection of its own: a kept one would fail once after each broker restart."""
    prepare_folders()
    with app.connection_for_write() as link:
        app.send_task(
            call.task, args=list(call.arguments), queue=call.line, connection=link, retry=False, ignore_result=True
        )


def prepare_folders() -> None:
    """Where messages travel through a folder, that folder has to exist before the first of them."""
    for name in ("data_folder_in", "data_folder_out", "control_folder"):
        if folder := settings.CELERY_BROKER_TRANSPORT_OPTIONS.get(name):
            Path(str(folder)).mkdir(parents=True, exist_ok=True)


_ringer = Ringer()
ring = _ringer.ring
