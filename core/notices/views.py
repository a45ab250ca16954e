"""The inbox."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import ListView, View

from core.notices.models import Notice
from core.notices.queries import count_unread
from core.notices.services import open_notice, read_all

PER_PAGE = 20
LONGEST_KEY = 19  # digits of the largest primary key


class InboxView(LoginRequiredMixin, ListView):
    """What one was told, unread first."""

    template_name = "notices/inbox.html"
    paginate_by = PER_PAGE

    def get_queryset(self) -> QuerySet[Notice]:
        return Notice.objects.visible_to(self.request.user).for_inbox()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = [notice.pk for notice in context["object_list"]]
        return context | {
            "title": _("Notices"),
            "unread_count": count_unread(self.request.user),
            "newest": max(shown, default=0),
        }


class NoticeOpenView(LoginRequiredMixin, View):
    """Mark a notice read and go to what it is about: one press, by POST because it writes."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            notice = open_notice(notice_id=pk, actor=request.user)
        except Notice.DoesNotExist as error:
            raise Http404 from error
        return HttpResponseRedirect(notice.url or reverse("notices:inbox"))


class NoticeReadAllView(LoginRequiredMixin, View):
    """Mark read what the page showed; what came in since stays unread."""

    def post(self, request: HttpRequest) -> HttpResponse:
        given = request.POST.get("up_to", "")
        is_key = given.isascii() and given.isdecimal() and len(given) < LONGEST_KEY
        read_all(actor=request.user, up_to=int(given) if is_key else 0)
        return HttpResponseRedirect(reverse("notices:inbox"))
