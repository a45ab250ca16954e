"""Addresses of this room. `jobs:row` is asked by itself: see `core.jobs.POLL_URL_NAMES`."""

from django.urls import path

from core.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.JobListView.as_view(), name="list"),
    path("all/", views.JobOverviewView.as_view(), name="overview"),
    path("<uuid:uuid>/row/", views.JobRowView.as_view(), name="row"),
    path("<uuid:uuid>/file/", views.JobDownloadView.as_view(), name="download"),
    path("<uuid:uuid>/cancel/", views.JobCancelView.as_view(), name="cancel"),
    path("<uuid:uuid>/retry/", views.JobRetryView.as_view(), name="retry"),
]
