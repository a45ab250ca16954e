from django.db import migrations

from core.db import TrigramIndex


class Migration(migrations.Migration):
    """A migration of its own: PostgreSQL makes no index on a table whose rows were written in the same transaction."""

    dependencies = [("awards", "0003_decision_search")]

    operations = [
        TrigramIndex("Nomination", "search", name="nomination_search_trgm"),
        TrigramIndex("Decision", "search", name="decision_search_trgm"),
        TrigramIndex("Commendation", "search", name="commendation_search_trgm"),
    ]
