"""Review rounds, submissions and nominations."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
