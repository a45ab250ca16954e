"""What a kind is given to work with."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from core.jobs.heartbeat import Heartbeat, Progress
from core.jobs.models import Job

T = TypeVar("T")
CHUNK = 500


class JobContext:
    """One attempt as its kind sees it: the owner, the parameters, and the checkpoint."""

    def __init__(self, job: Job, folder: Path, progress: Progress, heartbeat: Heartbeat) -> None:
        self.job = job
        self.owner: Any = job.owner
        self.params: dict[str, Any] = job.params
        self._folder = folder
        self._progress = progress
        self._heartbeat = heartbeat
        self._files = 0

    def checkpoint(self, done: int | None = None, total: int | None = None, step: object = None) -> None:
        """Say how far the work is; call it each chunk.

        Raises Cancelled, DeadlineReached, LeaseLost or OwnerLostRight: let them pass. It only sets and
        reads memory, so it may stand inside a read snapshot and costs nothing.
        """
        if done is not None:
            self._progress.done = done
        if total is not None:
            self._progress.total = total
        if step is not None:
            self._progress.step = str(step)
        self._heartbeat.check()

    def counted(self, rows: Iterable[T], *, total: int | None = None, step: object = None) -> Iterator[T]:
        """The rows, counted on top of what is done already, with a checkpoint each chunk."""
        start = self._progress.done
        self.checkpoint(total=total, step=step)
        number = 0
        for number, row in enumerate(rows, start=1):
            if number % CHUNK == 0:
                self.checkpoint(done=start + number)
            yield row
        self.checkpoint(done=start + number)

    def temp_path(self, suffix: str = "") -> Path:
        """A path for a new file; the folder goes when the attempt ends."""
        self._files += 1
        return self._folder / f"{self._files}{suffix}"
