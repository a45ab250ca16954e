"""Writing, launching and showing a campaign."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
