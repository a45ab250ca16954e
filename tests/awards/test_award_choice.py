"""The awards offered for a line: grouped by who decides, the committee's own first."""

import pytest
from django.core.management import call_command

from awards.forms.award_choice import HERE, AwardField
from awards.services.nominations import awards_for
from catalogue.enums import AwardLevel
from core import clock
from tests.campaigns.world import build_committee
from units.models import Subject
from units.queries import find_subjects
from units.services.subjects import subject_by_ref

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    call_command("load_catalogue", verbosity=0)
    return build_committee()


def choices(committee, unit) -> dict[str, list[str]]:
    subject: Subject = subject_by_ref(f"unit:{committee.communes[0].pk}", actor=committee.unit_officers[0])
    field = AwardField(label="")
    field.offer(awards_for(subject, clock.today()), unit)
    whole = list(field.choices)
    assert whole[0] == ("", "–")
    return {str(label): [text for _value, text in rows] for label, rows in whole[1:]}


def test_own_awards_stand_first_then_the_lower_levels(committee):
    found = choices(committee, committee.communes[0])
    assert next(iter(found)) == str(HERE)
    assert found[str(HERE)] == ["Tập thể lao động tiên tiến", "Thôn, tổ dân phố văn hóa",
                                "Giấy khen của Chủ tịch UBND cấp xã"]  # fmt: skip
    assert list(found)[-1] == str(AwardLevel.STATE.label)


def test_what_one_committee_decides_another_sends_up(committee):
    award = "Bằng khen của bộ, ban, ngành, tỉnh"
    assert award in choices(committee, committee.province)[str(HERE)]
    assert award in choices(committee, committee.communes[0])[str(AwardLevel.PROVINCE.label)]


def test_before_anything_is_typed_the_units_one_works_for_stand_first(committee):
    officer = committee.unit_officers[0]
    offered = [row.text for row in find_subjects(officer, "", day=clock.today(), kinds=["unit"])]
    assert offered[0] == committee.communes[0].name
    assert set(offered[1:]) == {committee.district.name, committee.province.name}
