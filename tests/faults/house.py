"""A whole house for one test: file database, broker, real Celery workers as processes of their own."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import transaction

from core import jobs
from core.jobs.enums import JobState
from core.jobs.models import Job
from tests.factories import UserFactory
from tests.servers import Broker, until

ROOT = Path(__file__).resolve().parents[2]
# Short, so that recovery takes a second or two; long enough for a machine that is busy with other things.
TIMES = {"JOB_LEASE_SECONDS": "3", "JOB_BEAT_SECONDS": "0.4", "JOB_REAPER_SECONDS": "0.4"}


class Worker:
    """One `celery worker`, with the command line that `manage.py serve` uses."""

    def __init__(self, house: "House", pool: str, **environment: str) -> None:
        self.log = house.folder / f"worker-{len(house.workers)}.log"
        command = [
            sys.executable, "-m", "celery", "-A", "config", "worker", "-P", pool, "-c", "2",
            "--without-gossip", "--without-mingle", "--loglevel", "info", "-I", "tests.faults.kinds",
        ]  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env={**house.environment, **environment}, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def await_ready(self) -> "Worker":
        until(lambda: self.is_dead or "ready." in self.words, "a worker that says it is ready")
        assert not self.is_dead, self.words
        return self

    @property
    def words(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def is_dead(self) -> bool:
        return self.process.poll() is not None

    def send_signal(self, number: signal.Signals) -> None:
        if not self.is_dead:
            os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """kill -9 of the worker and all its children."""
        self.send_signal(signal.SIGKILL)
        self.process.wait()


class House:
    """Folder, database and broker of one test."""

    def __init__(self, folder: Path, broker: Broker | None) -> None:
        self.folder = folder
        self.broker = broker
        self.workers: list[Worker] = []
        self.owner = UserFactory()
        self.environment = {
            **os.environ, **TIMES, "MODE": "test", "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "REDIS_URL": broker.url if broker else "",
        }  # fmt: skip

    def worker(self, pool: str = "threads", **environment: str) -> Worker:
        self.workers.append(Worker(self, pool, **environment))
        return self.workers[-1].await_ready()

    def freeze(self, worker: Worker) -> None:
        """Stop a worker in its tracks, but not while it holds SQLite's one write lock: that stops the house."""

        def stopped_without_lock() -> bool:
            worker.send_signal(signal.SIGSTOP)
            with closing(sqlite3.connect(self.folder / "db.sqlite3", timeout=0.5, isolation_level=None)) as link:
                try:
                    link.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError:
                    worker.send_signal(signal.SIGCONT)
                    return False
            return True

        until(stopped_without_lock, "a moment at which the worker writes nothing")

    def end(self) -> None:
        for worker in self.workers:
            worker.send_signal(signal.SIGCONT)
            worker.kill()

    def enqueue(self, kind: str, **params: Any) -> Job:
        """Ask for a job as a page does: a row in a transaction, the bell when it commits."""
        with transaction.atomic():
            return jobs.enqueue(kind, owner=self.owner, params=params)

    def until_held(self, job: Job, attempt: int = 1) -> int:
        """Wait until the job holds; the number of the process that holds it."""
        held = self.folder / f"held-{job.pk}-{attempt}"
        until(lambda: held.exists() and held.read_text(), f"{held.name}; {self.words}")
        return int(held.read_text())

    def open_gate(self) -> None:
        (self.folder / "gate").touch()

    def until_ended(self, job: Job, state: JobState = JobState.SUCCEEDED) -> Job:
        until(lambda: not Job.objects.live().filter(pk=job.pk).exists(), f"the end of job {job.pk}; {self.words}")
        job = Job.objects.get(pk=job.pk)
        assert job.state == state, (job.state, job.error_code, self.words)
        return job

    @property
    def words(self) -> str:
        return "\n".join(worker.words[-3000:] for worker in self.workers)

    def kept_files(self) -> list[Path]:
        return [path for path in (self.folder / "files").rglob("*") if path.is_file()]
