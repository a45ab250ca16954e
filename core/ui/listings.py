"""The lists of the house: each is entered once, and may go out as a workbook of exactly what it shows.

    listings.register("units:unit_list", title=_("List of units"), permission="units.view_unit")

Called in ``AppConfig.ready()``. The name is that of the page's address: under it a person's choice of
columns and page size is kept, and by it the job finds the page whose rows it writes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from core import jobs
from core.errors import Text
from core.registry import Registry

if TYPE_CHECKING:
    from core.jobs.context import JobContext
    from core.jobs.models import Job


@dataclass(frozen=True)
class Listing:
    """A list: `title` stands over its workbook. `own_export` says why its rows go out in another way."""

    url_name: str
    title: Text
    permission: str | None = None
    own_export: str = ""

    @property
    def kind(self) -> str:
        """The kind of job that writes it."""
        return f"table-export.{self.url_name}"


class Issuer(NamedTuple):
    """The two lines at the left of a title block."""

    parent: str
    issuer: str


LISTINGS: Registry[Listing] = Registry("list")
_issuer: list[Callable[[Any, date], Issuer]] = []


def register(url_name: str, *, title: Text, permission: str | None = None, own_export: str = "") -> None:
    """Enter the list at `url_name`, and, unless it has its own export, the kind of job that writes it.

    `permission` is the page's own: the jobs ask it of the owner when the file is asked for, while it is
    made and when it is fetched.
    """
    listing = Listing(url_name, title, permission, own_export)
    LISTINGS.add(url_name, listing)
    if own_export:
        return

    def run(context: "JobContext") -> jobs.JobResult:
        from core.ui.exporting import write_listing  # noqa: PLC0415 -- it stands on the pages, and these on models

        return write_listing(listing, context)

    jobs.register(listing.kind, title=title, permission=permission, snapshot=True, describe=chosen_of)(run)


def chosen_of(job: "Job") -> str:
    """What the list was filtered by, in the words of the moment it was asked for."""
    return str(job.labels.get("chosen", ""))


def register_issuer(lines: Callable[[Any, date], Issuer]) -> None:
    """Let a higher floor say who issues what a user prints on a day."""
    _issuer[:] = [lines]


def issuer_of(user: Any, day: date) -> Issuer:
    """The issuing body and the one above it; empty lines where nobody knows."""
    return _issuer[0](user, day) if _issuer else Issuer("", "")


def is_exportable(url_name: str) -> bool:
    """Whether the list at `url_name` goes out as a workbook of its own."""
    return url_name in LISTINGS and not LISTINGS[url_name].own_export
