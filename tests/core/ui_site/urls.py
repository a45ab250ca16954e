"""Addresses of the sample pages, beside the whole site's own."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from config.urls import urlpatterns as site
from tests.core.ui_site import broken, pages

urlpatterns = [
    path("list/", pages.UserList.as_view(), name="list"),
    path("form/", pages.SampleFormPage.as_view(), name="form"),
    path("act/", pages.SampleAction.as_view(), name="act"),
    path("reason/", pages.ReasonAction.as_view(), name="reason"),
    path("parts/", pages.Parts.as_view(), name="parts"),
    path("broken/<slug:how>/", broken.broken, name="broken"),
    path("reads-post/", broken.reads_post, name="reads_post"),
    path("open/", login_not_required(pages.Open.as_view()), name="open"),
    path("suggest/", pages.UserSuggest.as_view(), name="suggest"),
    *site,
]
