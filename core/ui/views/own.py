"""The room's own addresses: keeping and dropping drafts."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.clock import ZONE
from core.ui import drafts


def payload_of(body: bytes) -> dict[str, list[str]] | None:
    """Field names to lists of texts; None if the body is anything else."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):  # no JSON, or thousands of brackets one in another
        return None
    if not isinstance(data, dict):
        return None
    for texts in data.values():
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            return None
    return data


@require_POST
def draft_save(request: HttpRequest) -> HttpResponse:
    """Keep what is typed; says when. 401 after the session ended, so that the page can say so."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed_out"}, status=401)
    payload = payload_of(request.body)
    if payload is None:
        return JsonResponse({"error": "payload"}, status=400)
    try:
        form, object_ref, based_on = drafts.read_token(request.user, request.headers.get("X-Draft", ""))
        kept = drafts.keep(actor=request.user, form=form, object_ref=object_ref, payload=payload, based_on=based_on)
    except drafts.DraftRefused as error:
        return JsonResponse({"error": str(error)}, status=409)
    return JsonResponse({"saved_at": f"{kept.updated.astimezone(ZONE):%H:%M}"})


@require_POST
def draft_discard(request: HttpRequest) -> HttpResponse:
    """Throw the draft away and show the page as it is stored."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed_out"}, status=401)
    form, object_ref, _based_on = drafts.read_token(request.user, request.POST.get("draft", ""))
    drafts.drop(actor=request.user, form=form, object_ref=object_ref)
    return redirect(back(request))


def back(request: HttpRequest) -> Any:
    """The page named in ``next``, if it is ours."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else "/"
