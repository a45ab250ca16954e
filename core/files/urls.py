"""Addresses of this room."""

from django.urls import path

from core.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:uuid>/", views.download, name="download"),
]
