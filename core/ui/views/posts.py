"""What all pages that write share: one result a key, and the way on."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from core.clock import real_now
from core.ui.models import PostOnce
from core.ui.views.base import Page, address_after

ONCE = "_once"


class SeeOther(HttpResponseRedirect):
    """What the second of two equal posts gets: the result of the first."""

    status_code = 303


class PostPage(Page):
    """The common part of forms and acts: one result a key, and what becomes of a refusal."""

    success_url: Any = None
    success_message: Any = ""

    def perform(self, form: Any) -> Any:
        """Call the service. Its ServiceError comes back to the page."""
        raise NotImplementedError

    def get_success_url(self, result: Any) -> str:
        return address_after(result, self.success_url)

    def get_success_message(self, result: Any) -> Any:
        return self.success_message

    def once(self, work: Callable[[], Any]) -> HttpResponse:
        """Do the work unless this very post was done before; then lead to what it made.

        The key is entered first, in the work's own transaction: a twin that runs at the same moment
        waits at the unique constraint and then finds the result. A refused work leaves no key behind.
        """
        key = self.request.POST.get(ONCE, "")[:40]
        user = self.request.user
        if not key or not user.is_authenticated:
            result = work()
            return self.done(result, self.get_success_url(result))
        with transaction.atomic():
            try:
                with transaction.atomic():
                    row = PostOnce.objects.create(user=user, key=key, result_url="", created=real_now())
            except IntegrityError:
                return SeeOther(PostOnce.objects.get(user=user, key=key).result_url)
            result = work()
            row.result_url = self.get_success_url(result)
            row.save(update_fields=["result_url"])
        return self.done(result, row.result_url)

    def done(self, result: Any, url: str) -> HttpResponse:
        """The work is done and committed."""
        if message := self.get_success_message(result):
            messages.success(self.request, message)
        return redirect(url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"once": secrets.token_urlsafe(18), **kwargs})
