"""What higher rooms do when a job has ended; each is called inside the ending transaction."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.jobs.models import Job

on_finished: list[Callable[["Job"], object]] = []
