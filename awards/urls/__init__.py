"""Addresses of awards, one list a subject."""

from awards.urls import decisions, nominations, registrations

app_name = "awards"
urlpatterns = [*registrations.urlpatterns, *nominations.urlpatterns, *decisions.urlpatterns]
