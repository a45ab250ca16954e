"""Addresses of this room."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.CataloguePage.as_view(), name="catalogue"),
    path("request/", views.RequestPage.as_view(), name="request"),
]
