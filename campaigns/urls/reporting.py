"""Periods, progress reports and results."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
