"""Which columns of this room hold personal data, and of which class.

Basic data may be read by whoever sees the record. Sensitive data is masked, and each reading in clear
needs a reason and leaves an entry in the trail.
"""

from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    BASIC = "basic"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class PersonalField:
    model: str
    field: str
    data_class: DataClass
    purpose: str


_RECORD = "Naming the person whose merit is recorded, and telling people of the same name apart"

PERSONAL_FIELDS = (
    PersonalField("units.Person", "honorific", DataClass.BASIC, _RECORD),
    PersonalField("units.Person", "name", DataClass.BASIC, _RECORD),
    PersonalField("units.Person", "search", DataClass.BASIC, "Key made from the name, for searching"),
    PersonalField("units.Person", "sort_key", DataClass.BASIC, "Key made from the name, for sorting"),
    PersonalField("units.Person", "birth_year", DataClass.BASIC, _RECORD),
    PersonalField("units.Person", "birth_date", DataClass.BASIC, _RECORD),
    PersonalField("units.Person", "residence", DataClass.BASIC, _RECORD),
    PersonalField("units.Person", "id_cipher", DataClass.SENSITIVE, "Forms of the State that ask for the number"),
    PersonalField("units.Person", "id_hmac", DataClass.SENSITIVE, "Finding double records without reading a number"),
    PersonalField("units.Person", "user", DataClass.BASIC, "Showing people their own record"),
    PersonalField("units.Appointment", "post", DataClass.BASIC, "The post held when merit was earned"),
    PersonalField("units.Appointment", "is_leader", DataClass.BASIC, "Statistics of commendation by class"),
    PersonalField("units.Appointment", "subject_class", DataClass.BASIC, "Statistics of commendation by class"),
    PersonalField("units.Household", "name", DataClass.BASIC, "Naming the household whose merit is recorded"),
    PersonalField("units.Household", "search", DataClass.BASIC, "Key made from the name, for searching"),
    PersonalField("units.Household", "sort_key", DataClass.BASIC, "Key made from the name, for sorting"),
    PersonalField("units.Subject", "group_name", DataClass.BASIC, "Naming the group whose merit is recorded"),
    PersonalField("units.Subject", "search", DataClass.BASIC, "Key made from the name, for searching"),
)
