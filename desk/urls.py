"""Addresses of this room."""

from django.urls import path

from desk.views import home, search

app_name = "desk"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("search/", search.Search.as_view(), name="search"),
]
