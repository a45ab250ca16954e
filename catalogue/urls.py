"""Addresses of this room."""

from django.urls import path

from catalogue.views.entries import TextCreate, ValueCreate
from catalogue.views.in_force import AwardDetail, InForcePage, ValueDetail

app_name = "catalogue"
urlpatterns = [
    path("", InForcePage.as_view(), name="in_force"),
    path("awards/<int:pk>/", AwardDetail.as_view(), name="award_detail"),
    path("values/<int:pk>/", ValueDetail.as_view(), name="value_detail"),
    path("values/<int:pk>/new/", ValueCreate.as_view(), name="value_create"),
    path("texts/new/", TextCreate.as_view(), name="text_create"),
]
