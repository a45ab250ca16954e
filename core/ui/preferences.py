"""How a person wants a list: read once a page, kept by two small acts."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from core.ui.models import ListPreference


def preference_of(request: HttpRequest) -> ListPreference | None:
    """What the person chose for the list on this page, asked once; None on a page without an address or user."""
    carrier: Any = request
    if not hasattr(carrier, "list_preference"):
        user, match = getattr(request, "user", None), request.resolver_match
        if user is None or not user.is_authenticated or match is None:
            return None
        given = {"user": user, "listing": match.view_name}
        carrier.list_preference = ListPreference.objects.filter(**given).first() or ListPreference(**given)
    kept: ListPreference = carrier.list_preference
    return kept


def offered_size(given: str) -> int | None:
    """The page size that `given` names; None where it is none of those offered."""
    return next((size for size in settings.PAGE_SIZES if str(size) == given), None)


def page_size(request: HttpRequest) -> int:
    """Rows a page: asked for in the address, else as last chosen for this list, else the smallest."""
    if (given := offered_size(request.GET.get("per_page", ""))) is not None:
        return given
    kept = preference_of(request)
    if kept is not None and kept.per_page in settings.PAGE_SIZES:
        return int(kept.per_page or 0)
    return int(settings.PAGE_SIZES[0])


@transaction.atomic
def keep_page_size(*, actor: Any, listing: str, per_page: int) -> None:
    """Keep how many rows a page `actor` wants. Without an audit entry: it is nobody else's business."""
    ListPreference.objects.update_or_create(user=actor, listing=listing, defaults={"per_page": per_page})


@transaction.atomic
def keep_columns(*, actor: Any, listing: str, hidden: Iterable[str]) -> None:
    """Keep which columns `actor` leaves out; none of them: all are shown. Without an audit entry, as above."""
    values = {"hidden": sorted(hidden)}
    ListPreference.objects.update_or_create(user=actor, listing=listing, defaults=values)
