"""Starts the children in order, restarts those that die, stops all of them on one signal."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

from config.serve.children import Child

LONGEST_WAIT = 30.0
STEADY_AFTER = 60.0  # seconds of life after which earlier deaths are forgotten
POLL = 0.2


class Running:
    """A child with its process, its log and the time at which it may be started again."""

    def __init__(self, child: Child, base: Path, logs: Path) -> None:
        self.child = child
        self.base = base
        self.log_path = logs / f"{child.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.log: IO[bytes] | None = None
        self.deaths = 0
        self.started = 0.0
        self.start_at = 0.0

    def start(self) -> None:
        if self.child.ready is not None:
            self.child.ready.unlink(missing_ok=True)
        self.log = self.log_path.open("ab")
        self.process = subprocess.Popen(
            self.child.command, cwd=self.base, env={**os.environ, **self.child.environment}, stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self.started = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def plan_restart(self) -> float:
        """Note a death; returns the seconds to wait before the next start (1, 2, 4 … 30)."""
        lived = time.monotonic() - self.started
        self.deaths = 1 if lived > STEADY_AFTER else self.deaths + 1
        wait = min(2.0 ** (self.deaths - 1), LONGEST_WAIT)
        self.start_at = time.monotonic() + wait
        self.process = None
        if self.log is not None:
            self.log.close()
        return wait

    def signal(self, number: int) -> None:
        if self.process is not None and self.alive:
            # The whole group: a web server's own children must not outlive it.
            os.killpg(self.process.pid, number)


class Supervisor:
    """Keeps `children` alive until told to stop."""

    def __init__(self, children: Sequence[Child], *, base: Path, logs: Path, say: Callable[[str], None]) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self.children = [Running(child, base, logs) for child in children]
        self.say = say
        self.stopping = False

    def run(self, on_ready: Callable[[], None]) -> None:
        """Start everything, call `on_ready` once, watch until SIGINT or SIGTERM, stop everything."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        try:
            for child in self.children:
                child.start()
                self.await_ready(child)
            on_ready()
            while not self.stopping:
                self.tend()
                time.sleep(POLL)
        finally:
            self.end_all()

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def await_ready(self, running: Running, patience: float = 15.0) -> None:
        ready = running.child.ready
        limit = time.monotonic() + patience
        while ready is not None and not ready.exists() and running.alive and time.monotonic() < limit:
            time.sleep(0.05)

    def tend(self) -> None:
        for running in self.children:
            if running.process is not None and not running.alive:
                wait = running.plan_restart()
                self.say(f"{running.child.name} stopped; starting it again in {wait:.0f} s (log: {running.log_path})")
            elif running.process is None and time.monotonic() >= running.start_at:
                running.start()

    def end_all(self) -> None:
        """Web first, broker last, so that nobody talks to a server that is gone."""
        for running in reversed(self.children):
            running.signal(signal.SIGTERM)
            if running.process is not None:
                try:
                    running.process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    running.signal(signal.SIGKILL)
                    running.process.wait(timeout=5)
            if running.child.ready is not None:
                running.child.ready.unlink(missing_ok=True)
