"""Joining, pledging and the board of units."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
