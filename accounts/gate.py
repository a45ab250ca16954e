"""The gate: nobody passes who has not signed in."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import half_session
from accounts.models import User
from accounts.requests import session_of
from accounts.second_factor_rule import is_required
from core.ui import drafts

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
# What a person who must change the password may still open.
OPEN_BEFORE_CHANGE = frozenset({"accounts:password_change", "accounts:sign_out", "accounts:language"})
# What a person who must set a second factor up may still open.
OPEN_BEFORE_FACTOR = OPEN_BEFORE_CHANGE | {"accounts:factor_begin", "accounts:factor_confirm"}
# Asked by our own scripts, which read the answer and leave the page as it is.
ANSWER_SCRIPTS = frozenset({"ui:draft_save"})


class GateMiddleware:
    """Nobody passes who has not signed in, works on with an initial password, or lacks a factor that is required.

    A session between password and code belongs to nobody (`accounts.half_session`): it is turned away here
    like any other that is not signed in. Roles are asked at each request: one granted today counts at once.

    A view is closed unless it says otherwise (`login_not_required` of django.contrib.auth.decorators), so
    that a forgotten check shows a sign-in page and not a record.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return self.turned_away(request, view)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.must_change and name not in OPEN_BEFORE_CHANGE:
            return redirect(request, reverse("accounts:password_change"))
        if name not in OPEN_BEFORE_FACTOR and not half_session.has_passed(request) and is_required(request.user):
            keep_typed(request, view, request.user)
            return redirect(request, f"{reverse('accounts:factor_begin')}?{urlencode({'next': way_back(request)})}")
        return None

    def turned_away(self, request: HttpRequest, view: Callable[..., Any]) -> HttpResponse:
        """To the sign-in page, which leads back; a script that sent something is told in its own way."""
        if request.resolver_match and request.resolver_match.view_name in ANSWER_SCRIPTS:
            return JsonResponse({"error": "signed_out"}, status=401)
        if is_htmx(request) and request.method not in ("GET", "HEAD"):
            return HttpResponse(
                _("Your session has ended. Sign in again in another tab; what you typed here is kept."),
                status=401,
                content_type="text/plain; charset=utf-8",
            )
        keep_typed(request, view, session_of(request).ended_user)
        query = {"next": way_back(request)}
        if session_of(request).ended:
            query["reason"] = "expired"
        return redirect(request, f"{reverse(settings.LOGIN_URL)}?{urlencode(query)}")


def keep_typed(request: HttpRequest, view: Callable[..., Any], owner: User | None) -> None:
    """Keep a form that cannot be taken now as a draft: of `owner`, to whom the session belongs or belonged.

    The form's CSRF token has been checked before. Without scripts this is the only thing that saves a
    text that took longer than the idle limit.
    """
    match = request.resolver_match
    view_class = getattr(view, "view_class", None)
    if request.method != "POST" or match is None or owner is None or not owner.is_active:
        return
    if not getattr(view_class, "keeps_draft", False):
        return
    typed = {name: [str(text) for text in texts] for name, texts in request.POST.lists()}
    reference = "/".join(str(value) for value in match.kwargs.values())
    try:
        drafts.keep(actor=owner, form=match.view_name, object_ref=reference, payload=typed)
    except drafts.DraftRefused as error:
        log.warning("A form sent at the wrong time was not kept: %s", error)


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Lead the whole page to `url`, also when only a part of it asked."""
    if not is_htmx(request):
        return HttpResponseRedirect(url)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response


def way_back(request: HttpRequest) -> str:
    """The page on which the person stood: the address asked, or the page that posted or asked for a part."""
    if is_htmx(request):
        given = request.headers.get("HX-Current-URL", "")
    elif request.method not in ("GET", "HEAD"):
        given = request.headers.get("Referer", "")
    else:
        return request.get_full_path()
    if not url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(given)
    return parts.path + (f"?{parts.query}" if parts.query else "")
