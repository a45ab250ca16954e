"""Addresses of this room."""

from django.urls import path

from core.ui.views import own

app_name = "ui"
urlpatterns = [
    path("drafts/save/", own.draft_save, name="draft_save"),
    path("drafts/discard/", own.draft_discard, name="draft_discard"),
    path("page-size/", own.page_size, name="page_size"),
]
