"""The application's addresses, with one page that polls and one that does not."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views import View

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as of_the_house

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class Poll(View):
    is_poll = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("still running")


class NoPoll(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("read by a person")


urlpatterns = [*of_the_house, path("poll/", Poll.as_view()), path("no-poll/", NoPoll.as_view())]
