from django.db import migrations

from core.db import TrigramIndex


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_extension_request")]

    operations = [TrigramIndex("Campaign", "search", name="campaign_search_trgm")]
