"""Addresses of this room."""

from django.urls import path

from core.ui.views import listing, own

app_name = "ui"
urlpatterns = [
    path("drafts/save/", own.draft_save, name="draft_save"),
    path("drafts/discard/", own.draft_discard, name="draft_discard"),
    path("lists/page-size/", listing.PageSize.as_view(), name="page_size"),
    path("lists/columns/", listing.Columns.as_view(), name="columns"),
    path("lists/export/", listing.Export.as_view(), name="export"),
]
