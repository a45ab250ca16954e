"""A record with a state, never stored."""

from django.db import models

from tests.core.ui_site.states import Sample


class SampleRecord(models.Model):
    state = models.CharField(max_length=10, choices=Sample)
    owner = models.ForeignKey("self", on_delete=models.PROTECT, null=True)

    class Meta:
        app_label = "ui_site"
        managed = False
