"""A list as a workbook: asked for on its page, made in a job by that same page.

The job opens the page as its owner, with the address's own filters and order, so that the file holds what
the page would list at that moment, and nothing the owner may no longer see.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, jobs
from core.clock import now, real_now, today
from core.errors import NotAllowed, ServiceError
from core.files.kinds import XLSX
from core.jobs.context import JobContext
from core.jobs.models import Job
from core.sheets import Provenance, Sheet, TitleBlock, Workbook, write_workbook
from core.text.filenames import file_name
from core.ui.listings import Listing, issuer_of
from core.ui.tables import Table
from core.ui.views.lists import NOT_OF_THE_LIST, ListPage
from core.ui.workbooks import fields_of, sheet_columns, sheet_rows

LANGUAGE = "vi"
CHUNK = 1000


class ListRefused(ServiceError):
    """The list cannot go out as it was asked for."""


def open_page(url_name: str, arguments: Mapping[str, Any], query: str, user: Any) -> ListPage:
    """The page at an address as `user` would open it now. Raises what the page itself raises."""
    path = reverse(url_name, kwargs=dict(arguments))
    match = resolve(path)
    request: Any = HttpRequest()
    request.method, request.path, request.user = "GET", path, user
    request.GET, request.resolver_match = QueryDict(query), match
    page: ListPage = match.func.view_class(**match.func.view_initkwargs)  # type: ignore[attr-defined]
    page.setup(request, *match.args, **match.kwargs)
    page.check_access()
    return page


@transaction.atomic
def request_export(*, listing: Listing, arguments: Mapping[str, Any], query: str, actor: Any) -> tuple[Job, bool]:
    """Put the writing of a list in line, as `actor` has it before them; the job, and whether it is new.

    Raises what the page raises, ListRefused for a filter that cannot be read, NotAllowed without the right,
    BeingCancelled while the same file is being cancelled.
    """
    asked = QueryDict(query, mutable=True)
    for name in [name for name, value in asked.items() if name in NOT_OF_THE_LIST or not value]:
        del asked[name]
    page = open_page(listing.url_name, arguments, asked.urlencode(), actor)
    table = readable_table(page)
    shown = table.leave_out(page.hidden_columns()).columns
    chosen = "; ".join(f"{chip.label}: {chip.value}" for chip in page.chips)
    before = real_now()
    job = jobs.enqueue(
        listing.kind, owner=actor, labels={"chosen": chosen},
        params={"arguments": dict(arguments), "query": asked.urlencode(), "columns": [c.name for c in shown]},
    )  # fmt: skip
    is_new = job.created_at >= before
    if is_new:
        audit.record("list.export_requested", actor=actor, subject=job, changes={"chosen": [None, chosen]})
    return job, is_new


def readable_table(page: ListPage) -> Table:
    """The page's table in its order. Raises ListRefused if a filter cannot be read: it would let all rows through."""
    table = page.open_table()
    if page.filterset is not None and page.filterset.is_bound and not page.filterset.form.is_valid():
        raise ListRefused(gettext_lazy("A choice in the filter is no longer there, or cannot be read. Choose again."))
    return table


def write_listing(listing: Listing, job: JobContext) -> jobs.JobResult:
    """Write the list of the job's parameters, with the rights its owner has now.

    Raises ReportError if the list, or something it was filtered by, is no longer the owner's to see.
    """
    try:
        page = open_page(listing.url_name, job.params["arguments"], job.params["query"], job.owner)
    except (Http404, ObjectDoesNotExist, PermissionDenied, NotAllowed) as error:
        raise jobs.ReportError(gettext_lazy("This list is no longer within your scope.")) from error
    path = job.temp_path(".xlsx")
    with translation.override(LANGUAGE):
        table = readable_table(page)
        kept = set(job.params["columns"])
        table.leave_out(column.name for column in table.choosable if column.name not in kept)
        sheet = sheet_of(listing, table, job)
        workbook = Workbook(title_of(listing, page, job.owner), [sheet], provenance_of(listing, page, job.owner))
        write_workbook(workbook, path, ctx=job)
        name = file_name(str(listing.title), [], today(), ".xlsx")
    return jobs.JobResult(path, name=name, mime=XLSX)


def sheet_of(listing: Listing, table: Table, job: JobContext) -> Sheet:
    """The rows, counted for the progress bar as they are read."""
    rows, fields = table.all_rows, fields_of(table)
    total = rows.order_by().count() if isinstance(rows, QuerySet) else len(rows)
    records = rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else rows
    counted = job.counted(records, total=total)
    return Sheet(listing.title, sheet_columns(fields), sheet_rows(table, fields, counted))


def title_of(listing: Listing, page: ListPage, owner: Any) -> TitleBlock:
    """Who issues it, what it lists, of which record, and by what it is filtered."""
    lines = issuer_of(owner, today())
    of_record = str(page.get_title()) if getattr(page, "object", None) is not None else ""
    return TitleBlock(
        title=listing.title, parent=lines.parent, issuer=lines.issuer, period=of_record, as_of=None, day=today(),
        filters=tuple((chip.label, chip.value) for chip in page.chips), signatures=(),
    )  # fmt: skip


def provenance_of(listing: Listing, page: ListPage, owner: Any) -> Provenance:
    """Who asked, when, for what."""
    chosen = [(chip.label, chip.value) for chip in page.chips]
    order = [(_("Order"), page.order_words)] if page.order_words else []
    return Provenance(
        made_by=_("%(name)s (account %(account)s)") % {"name": owner.full_name, "account": owner.username},
        made_at=now(), source=listing.title, code=listing.url_name, parameters=[*chosen, *order],
    )  # fmt: skip
