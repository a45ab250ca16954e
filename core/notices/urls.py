"""Addresses of this room."""

from django.urls import path

from core.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.InboxView.as_view(), name="inbox"),
    path("read/", views.NoticeReadAllView.as_view(), name="read_all"),
    path("<int:pk>/open/", views.NoticeOpenView.as_view(), name="notice_open"),
]
