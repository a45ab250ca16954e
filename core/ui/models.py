"""What the pages themselves remember: typed text not yet sent, and posts already done."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """A form as somebody typed it, kept until it is sent or thrown away.

    `form` names the page, `object_ref` the record it is about (empty for a new one). The payload maps
    field names to lists of texts, exactly as a browser would send them; passwords and files are never
    in it. Drafts belong to one person and nobody else reads them.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=120)
    object_ref = models.CharField(max_length=120, blank=True)
    payload = models.JSONField()
    based_on = models.CharField(max_length=40, blank=True)
    updated = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "form", "object_ref"], name="ui_draft_one_a_form"),
        ]
        indexes: ClassVar = [models.Index(fields=["updated"], name="ui_draft_updated")]


class PostOnce(models.Model):
    """A post that was carried out, under the key its page was given.

    The row is written in the transaction of the work, so a second post with the same key either finds
    the result or waits for it at the unique constraint.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    result_url = models.CharField(max_length=1000)
    created = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="ui_post_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["created"], name="ui_post_created")]


class ListPreference(models.Model):
    """How one person wants one list: rows a page, and the columns left out.

    `listing` is the name of the page's address. Columns left out are kept rather than those shown, so
    that a column of a later version is seen by everybody.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    listing = models.CharField(max_length=120)
    per_page = models.PositiveSmallIntegerField(null=True, blank=True)
    hidden = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "listing"], name="ui_list_preference_once"),
        ]
