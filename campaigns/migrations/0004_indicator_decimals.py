from django.db import migrations, models


def leave_as_typed(apps, schema_editor):
    """Two decimals were what everybody got without asking; where nobody chose, numbers show as typed."""
    apps.get_model("campaigns", "Indicator").objects.filter(decimals=2).update(decimals=None)


def fix_two(apps, schema_editor):
    apps.get_model("campaigns", "Indicator").objects.filter(decimals=None).update(decimals=2)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_search_index")]

    operations = [
        migrations.AlterField(
            model_name="indicator",
            name="decimals",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="Empty: as many as are typed.", null=True, verbose_name="decimals"
            ),
        ),
        migrations.RunPython(leave_as_typed, fix_two),
    ]
