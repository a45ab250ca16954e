"""The folder in which one attempt makes its files; gone when the attempt ends."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from core.clock import real_now
from core.jobs.models import Job


def workshop_dir() -> Path:
    return Path(settings.VAR_DIR) / "workshop"


@contextmanager
def workshop(job: Job) -> Iterator[Path]:
    """A folder for this attempt alone."""
    folder = workshop_dir() / f"{job.pk}-{job.lease_owner.rsplit(':', 1)[-1]}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_workshops() -> int:
    """Remove the folders that killed workers left behind; returns how many."""
    oldest = real_now().timestamp() - settings.JOB_DEADLINE_SECONDS - settings.JOB_LEASE_SECONDS
    if not workshop_dir().is_dir():
        return 0
    left = [folder for folder in workshop_dir().iterdir() if folder.is_dir() and folder.stat().st_mtime < oldest]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)
