"""Addresses of campaigns, one list a subject."""

from campaigns.urls import pledging, reporting, writing

app_name = "campaigns"
urlpatterns = [*writing.urlpatterns, *pledging.urlpatterns, *reporting.urlpatterns]
