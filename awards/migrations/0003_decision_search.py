from typing import Any

import core.text.fields
from django.db import migrations

from core.text.rebuilding import rebuild


def make_keys(apps: Any, _schema_editor: Any) -> None:
    """Decisions could not be searched before."""
    rebuild(apps.get_model("awards", "Decision"))


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_merit_from_records")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="search",
            field=core.text.fields.SearchKeyField(
                blank=True, default="", editable=False, source=("title", "number", "symbol")
            ),
        ),
        migrations.RunPython(make_keys, migrations.RunPython.noop, elidable=True),
    ]
