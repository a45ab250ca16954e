"""What a person does with a list besides reading it: rows a page, columns, a workbook of it."""

from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core.jobs.models import Job
from core.ui import preferences
from core.ui.listings import LISTINGS, Listing, is_exportable
from core.ui.views.acts import ActionView
from core.ui.views.lists import FILE, ListPage


class OfList(ActionView):
    """An act upon the list whose address is posted as ``next``; afterwards back to it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.address = request.POST.get("next", "")

    def check_access(self) -> None:
        super().check_access()
        ours = url_has_allowed_host_and_scheme(self.address, None, require_https=self.request.is_secure())
        if self.request.method == "POST" and not (ours and self.address.startswith("/")):
            raise Http404

    @property
    def path(self) -> str:
        return str(self.address.partition("?")[0])

    @property
    def query(self) -> str:
        return str(self.address.partition("?")[2])

    @property
    def match(self) -> ResolverMatch:
        """The page at the address. Raises Http404 if there is none."""
        try:
            return resolve(self.path)
        except Resolver404 as error:
            raise Http404 from error

    @property
    def listing(self) -> Listing:
        """The list at the address. Raises Http404 if that is no list."""
        name = self.match.view_name
        if name not in LISTINGS:
            raise Http404
        return LISTINGS[name]

    def get_back_url(self) -> str:
        return str(self.address)

    def get_success_url(self, result: Any) -> str:
        return str(self.address)


class PageSize(OfList):
    """Keep how many rows the list has on a page."""

    def perform(self, form: Any) -> None:
        size = preferences.offered_size(self.request.POST.get("per_page", ""))
        if size is not None:
            preferences.keep_page_size(actor=self.request.user, listing=self.match.view_name, per_page=size)


class Columns(OfList):
    """Keep which columns the list shows; with ``all`` every one of them."""

    def perform(self, form: Any) -> None:
        page: type[ListPage] = self.match.func.view_class  # type: ignore[attr-defined]
        shown = set(self.request.POST.getlist("column"))
        names = set() if "all" in self.request.POST else set(page.table_class.base_columns) - shown
        preferences.keep_columns(actor=self.request.user, listing=self.listing.url_name, hidden=names)


class Export(OfList):
    """Ask for the list as a workbook: exactly its filters, its order and its columns."""

    def perform(self, form: Any) -> tuple[Job, bool]:
        from core.ui.exporting import request_export  # noqa: PLC0415 -- it opens pages, which stand on this package

        if not is_exportable(self.listing.url_name):
            raise Http404
        return request_export(
            listing=self.listing, arguments=self.match.kwargs, query=self.query, actor=self.request.user
        )

    def get_success_url(self, result: tuple[Job, bool]) -> str:
        asked = QueryDict(self.query, mutable=True)
        asked[FILE] = str(result[0].uuid)
        return f"{self.path}?{asked.urlencode()}"

    def get_success_message(self, result: tuple[Job, bool]) -> str:
        job, is_new = result
        text = (
            _("“%(title)s” is being made. You may leave the page; you are told when it is ready.")
            if is_new
            else _("“%(title)s” with these very rows is being made already.")
        )
        return text % {"title": job.title}
