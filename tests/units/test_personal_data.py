from django.apps import apps

from core.ui.views import FormPage
from units.personal_data import PERSONAL_FIELDS, DataClass
from units.views.identity import PersonIdentity, PersonReveal

TABLES = ("Person", "Appointment", "Household")
# Columns that say nothing about a person: keys, places in the house, days.
PLAIN = {
    "id", "organiser", "unit", "person", "head", "merged_into", "version", "valid_from", "valid_to",
}  # fmt: skip


def test_every_column_about_a_person_is_registered() -> None:
    registered = {(row.model, row.field) for row in PERSONAL_FIELDS}
    found = {
        (f"units.{name}", field.name)
        for name in TABLES
        for field in apps.get_model("units", name)._meta.concrete_fields
        if field.name not in PLAIN
    }
    assert found == {row for row in registered if row[0] != "units.Subject"}


def test_registered_columns_exist() -> None:
    for row in PERSONAL_FIELDS:
        assert apps.get_model(row.model)._meta.get_field(row.field)


def test_identity_is_sensitive() -> None:
    sensitive = {row.field for row in PERSONAL_FIELDS if row.data_class == DataClass.SENSITIVE}
    assert sensitive == {"id_cipher", "id_hmac"}


def test_pages_with_identity_numbers_keep_no_draft() -> None:
    """A draft is stored as typed."""
    for page in (PersonIdentity, PersonReveal):
        assert issubclass(page, FormPage)
        assert not page.keeps_draft
