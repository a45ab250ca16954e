"""Why a job failed, in words made when they are shown."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.jobs.enums import Failure

if TYPE_CHECKING:
    from core.jobs.models import Job


def failure_text(job: "Job") -> str:
    """The reason in the reader's language; empty if the job did not fail."""
    if not job.error_code:
        return ""
    if job.error_code == Failure.REPORTED:
        return reported_text(job)
    return general_text(job)


def reported_text(job: "Job") -> str:
    """The words the kind itself chose."""
    kept = job.error_params
    source = kept["message"]
    text = gettext(source)
    return text % kept["params"] if kept.get("params") else text


GENERAL = {
    Failure.REPORTED: _("The content has to be mended first; the owner sees what and where."),
    Failure.RIGHT_LOST: _("The account no longer has the right to this file."),
    Failure.NO_SPACE: _("There was no room left to keep the file. Tell the administrator, then make it again."),
    Failure.UNKNOWN_KIND: _("This kind of file is no longer made."),
    Failure.DEADLINE: _("Making it took longer than %(minutes)s minutes. Choose a smaller scope."),
    Failure.POISON: _(
        "Making it broke off %(attempts)s times. Choose a smaller scope, or tell the administrator number %(number)s."
    ),
    Failure.UNEXPECTED: _(
        "The file could not be made. Make it again; if it fails again, tell the administrator number %(number)s."
    ),
}


def general_text(job: "Job") -> str:
    """The words of a failure that says nothing about the content: administrators may read it too."""
    known = Failure(job.error_code) if job.error_code in Failure else Failure.UNEXPECTED
    minutes = max(1, round(settings.JOB_DEADLINE_SECONDS / 60))
    return str(GENERAL[known]) % {"minutes": minutes, "attempts": job.attempts, "number": job.pk}


def failure_link(job: "Job") -> tuple[str, str] | None:
    """(address, words) of the page where the cause can be mended, if the kind named one."""
    kept = job.error_params
    if job.error_code != Failure.REPORTED or not kept.get("link"):
        return None
    source = kept["link_text"]
    return kept["link"], gettext(source)
