"""Kinds of jobs for the fault tests; the workers import them by ``celery worker -I``.

`hold` lets a test stop a job at a known place: the job leaves a mark and waits for a file to appear.
"""

import os
import signal
import time
from pathlib import Path

from django.conf import settings

from core import jobs
from core.jobs.context import JobContext
from core.notices.models import Notice


def mark(name: str) -> Path:
    return Path(settings.VAR_DIR) / name


def hold(ctx: JobContext, *, deaf: bool = False) -> None:
    """Wait until the test opens the gate; a deaf job asks nobody meanwhile."""
    mark(f"held-{ctx.job.pk}-{ctx.job.attempts}").write_text(str(os.getpid()))
    while not mark("gate").exists():
        if not deaf:
            ctx.checkpoint()
        time.sleep(0.01)


@jobs.register("faults.report", title="Báo cáo thử", snapshot=True)
def report(ctx: JobContext) -> jobs.JobResult:
    """`rows` lines, holding at line `hold_at`."""
    path = ctx.temp_path(".txt")
    total = ctx.params["rows"]
    with path.open("w") as file:
        for number in range(1, total + 1):
            file.write(f"{number}\n")
            ctx.checkpoint(done=number, total=total, step=f"dòng {number}/{total}")
            if number == ctx.params.get("hold_at"):
                hold(ctx, deaf=ctx.params.get("deaf", False))
    return jobs.JobResult(path, "bao-cao.txt", "text/plain")


@jobs.register("faults.export", title="Bản xuất thử", snapshot=True)
def export(ctx: JobContext) -> jobs.JobResult:
    """Every notice's number and whether it was read, holding in the middle with the snapshot open."""
    path = ctx.temp_path(".txt")
    total = Notice.objects.count()
    rows = Notice.objects.order_by("pk").values_list("pk", "read_at").iterator(chunk_size=1000)
    with path.open("w") as file:
        for number, (pk, read_at) in enumerate(ctx.counted(rows, total=total), start=1):
            file.write(f"{pk} {'read' if read_at else 'unread'}\n")
            if number == total // 2:
                hold(ctx)
    return jobs.JobResult(path, "xuat.txt", "text/plain")


@jobs.register("faults.write", title="Việc ghi thử", snapshot=True)
def write(ctx: JobContext) -> None:
    """Tries what a snapshot must not allow."""
    Notice.objects.create(recipient=ctx.owner, code="x", target_type="x", target_id=1)


@jobs.register("faults.poison", title="Việc độc")
def poison(ctx: JobContext) -> None:
    """Takes its whole worker down, as the kernel does when memory runs out."""
    mark(f"poisoned-{ctx.job.attempts}").touch()
    os.kill(os.getpid(), signal.SIGKILL)
