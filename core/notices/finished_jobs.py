"""Tells the owner that a file is ready or could not be made."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.jobs.enums import JobState
from core.jobs.kinds import KINDS
from core.notices.kinds import Params, register
from core.notices.services import tell

if TYPE_CHECKING:
    from core.jobs.models import Job
    from core.notices.models import Notice

CODES = {JobState.SUCCEEDED: "job_succeeded", JobState.FAILED: "job_failed"}


def tell_owner(job: "Job") -> None:
    """One notice a job; who cancelled a file knows that already."""
    if code := CODES.get(JobState(job.state)):
        tell(code, recipients=[job.owner_id], target=job, params={"kind": job.kind}, dedupe=f"job:{job.uuid}")


def title_of(params: Params) -> str:
    return str(KINDS[params["kind"]].title) if params["kind"] in KINDS else params["kind"]


def my_files(_notice: "Notice") -> str:
    return reverse("jobs:list")


def register_texts() -> None:
    register(
        "job_succeeded", text=lambda params: _("“%(title)s” is ready to be fetched.") % {"title": title_of(params)},
        url=my_files, icon="file-check",
    )  # fmt: skip
    register(
        "job_failed", text=lambda params: _("“%(title)s” could not be made.") % {"title": title_of(params)},
        url=my_files, icon="file-alert",
    )  # fmt: skip
