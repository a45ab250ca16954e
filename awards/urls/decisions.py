"""Appraisal, signature, decisions and the ledger."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
