"""What every page shares: who may open it, and what a refusal looks like."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRedirect

from core.errors import NotAllowed


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Off to the sign-in page and back; a part of a page asks the browser to move as a whole."""
    if getattr(request, "htmx", False):
        here = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(redirect_to_login(here).url)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)


class Page(TemplateView):
    """A page for people who are signed in.

    `permission` is a right that the page asks for: of the record, where the page has a `model`. A record
    outside the person's scope is not found (404); inside it, without the right, the page is refused (403).
    """

    title: Any = ""
    permission: str | None = None
    model: type[Model] | None = None
    pk_url_kwarg = "pk"
    for_everybody = False
    request: Any  # an HttpRequest whose user is an account; the floors above know which

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.for_everybody and not request.user.is_authenticated:
            return to_sign_in(request)
        try:
            self.check_access()
            return super().dispatch(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404 from error

    def check_access(self) -> None:
        """Find the record and ask for the right. Raises Http404 or NotAllowed."""
        if self.model is not None and self.pk_url_kwarg in self.kwargs:
            self.object = self.get_object()
        if self.permission and not self.request.user.has_perm(self.permission, self.asked_of()):
            raise NotAllowed(self.permission)

    def asked_of(self) -> Any:
        """The record whose right is asked; None for a right that hangs on no record."""
        return getattr(self, "object", None)

    def get_object(self) -> Any:
        """The record in the address, if the person may see it. Raises its DoesNotExist (404)."""
        if self.model is None:
            raise ImproperlyConfigured(f"{type(self).__name__} has no model.")
        rows = self.get_object_queryset()
        return rows.get(pk=self.kwargs[self.pk_url_kwarg])

    def get_object_queryset(self) -> Any:
        """The rows among which the record is looked for."""
        assert self.model is not None  # noqa: S101 -- for the type checker
        return self.model._default_manager.visible_to(self.request.user)  # type: ignore[attr-defined]

    def get_title(self) -> Any:
        """The page's heading and window title."""
        return self.title

    def get_crumbs(self) -> list[tuple[Any, str]]:
        """(label, address) of the steps to this page, without the page itself."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = getattr(self, "object", None)
        given = {"title": self.get_title(), "crumbs": self.get_crumbs(), "view": self}
        if record is not None:
            given["object"] = record
        return super().get_context_data(**{**given, **kwargs})


def address_after(result: Any, success_url: Any) -> str:
    """Where to go after an act: the given address, else the result's own page, else this page's list."""
    if success_url:
        return resolve_url(success_url)
    if hasattr(result, "get_absolute_url"):
        return str(result.get_absolute_url())
    raise ImproperlyConfigured("Give success_url, get_success_url(result) or get_absolute_url().")
