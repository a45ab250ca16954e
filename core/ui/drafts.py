"""Drafts of forms: kept as typed, offered again, dropped when the form is sent."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.core.signing import BadSignature
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.clock import real_now
from core.errors import ServiceError
from core.ui.models import Draft

SALT = "core.ui.drafts"
MOST_BYTES = 512 * 1024
MOST_DRAFTS = 300
# Never kept: the token of the page, the key of the post, and a button's own name.
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "_once", "_button"})


class DraftRefused(ServiceError):
    """The draft cannot be kept."""


def token_for(user: Any, form: str, object_ref: str, based_on: str = "") -> str:
    """What the page hands to the autosave: only forms that were shown to `user` can be kept."""
    return signing.dumps([user.pk, form, object_ref, based_on], salt=SALT, compress=True)


def read_token(user: Any, token: str) -> tuple[str, str, str]:
    """(form, object_ref, based_on) of a token. Raises DraftRefused if it is not `user`'s own."""
    try:
        owner, form, object_ref, based_on = signing.loads(token, salt=SALT)
    except (BadSignature, ValueError) as error:
        raise DraftRefused(_("This page is out of date. Open it again.")) from error
    if owner != user.pk:
        raise DraftRefused(_("This page is out of date. Open it again."))
    return form, object_ref, based_on


def keep(*, actor: Any, form: str, object_ref: str, payload: Mapping[str, list[str]], based_on: str = "") -> Draft:
    """Keep what `actor` typed, in place of what was kept before. Raises DraftRefused if there is too much.

    Without an audit entry: a draft is nobody's business but its owner's until it is sent.
    """
    kept = {name: texts for name, texts in payload.items() if name not in LEFT_OUT}
    size = sum(len(name) + sum(map(len, texts)) for name, texts in kept.items())
    if size > MOST_BYTES:
        raise DraftRefused(_("The text is too long to be kept while typing. Save the form."))
    key = {"user": actor, "form": form, "object_ref": object_ref}
    if not Draft.objects.filter(**key).exists() and Draft.objects.filter(user=actor).count() >= MOST_DRAFTS:
        Draft.objects.filter(user=actor).order_by("updated").first().delete()  # type: ignore[union-attr]
    values = {"payload": kept, "based_on": based_on, "updated": real_now()}
    draft, _created = Draft.objects.update_or_create(**key, defaults=values)
    return draft


def find(*, user: Any, form: str, object_ref: str) -> Draft | None:
    """The draft `user` left on this form."""
    return Draft.objects.filter(user=user, form=form, object_ref=object_ref).first()


def drop(*, actor: Any, form: str, object_ref: str) -> None:
    """Throw the draft away: the form was sent, or its owner does not want it."""
    Draft.objects.filter(user=actor, form=form, object_ref=object_ref).delete()


def as_typed(payload: Mapping[str, list[str]]) -> QueryDict:
    """The payload as the data of a form."""
    data = QueryDict(mutable=True)
    for name, texts in payload.items():
        data.setlist(name, texts)
    return data
