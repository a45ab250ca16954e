"""The kinds of jobs: what each floor knows how to make in the background."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import Text
from core.registry import Registry

if TYPE_CHECKING:
    from core.jobs.context import JobContext
    from core.jobs.models import Job


@dataclass(frozen=True)
class JobResult:
    """What a kind hands back: a file, or an effect, or both.

    `path` was got from ``ctx.temp_path()``; it is stored under `name`, checked and kept until it expires.
    `apply` runs inside the transaction that writes "succeeded", after the fence: its effect and the
    success stand or fall together, however often the job was started. It must be short.
    """

    path: Path | None = None
    name: str = ""
    mime: str = "application/octet-stream"
    apply: Callable[[], object] | None = None


Run = Callable[["JobContext"], JobResult | None]


def no_scope(_job: "Job") -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """A kind of job and how to run it."""

    code: str
    title: Text
    run: Run
    permission: str | None
    snapshot: bool
    describe: Callable[["Job"], str]
    icon: str

    def allows(self, user: Any) -> bool:
        """Whether `user` may ask for it, let it run, and fetch its file."""
        return bool(user.is_active) and (self.permission is None or user.has_perm(self.permission))


KINDS: Registry[Kind] = Registry("job kind")


def register(
    code: str,
    *,
    title: Text,
    permission: str | None = None,
    snapshot: bool = False,
    describe: Callable[["Job"], str] = no_scope,
    icon: str = "file-spreadsheet",
) -> Callable[[Run], Run]:
    """Register the decorated ``run(ctx) -> JobResult | None`` under `code`.

    `permission` is asked of the owner when the job is asked for, when it starts, at each beat and when
    the file is fetched. `snapshot` runs it inside one read snapshot: all its figures are of one moment,
    and it must not write. `describe(job)` makes the sentence under the title from ``job.params`` and
    ``job.labels`` alone: it is called for each row of a list and must not query.
    """

    def enter(run: Run) -> Run:
        KINDS.add(code, Kind(code, title, run, permission, snapshot, describe, icon))
        return run

    return enter
