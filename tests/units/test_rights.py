"""The page of rights says in words what the grants table says, no more and no less."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.units.world import World
from units.enums import Role
from units.grants import ADMINISTRATOR, GRANTS, permissions
from units.rights import ADMINISTRATORS, GROUPS, OF_THE_ACCOUNT, rights_of

WORDS = {code: label for _group, codes in GROUPS for code, label in codes.items()}


def said(role: str) -> set[str]:
    return {str(right.label) for group in rights_of(role) for right in group.rights}


def test_every_permission_has_words_and_no_other() -> None:
    assert set(WORDS) == permissions() | OF_THE_ACCOUNT
    assert len(set(map(str, WORDS.values()))) == len(WORDS)


@pytest.mark.parametrize("role", Role)
def test_a_role_is_said_to_hold_what_it_is_granted(role: Role) -> None:
    assert said(role) == {str(WORDS[code]) for code in GRANTS[role]}


def test_the_administrator_is_said_to_hold_what_hangs_on_the_flag() -> None:
    assert said(ADMINISTRATORS) == {str(WORDS[code]) for code in ADMINISTRATOR | OF_THE_ACCOUNT}


def test_places_stand_beside_the_role_and_what_all_hold_is_said_once() -> None:
    lines = {str(right.label): right for group in rights_of() for right in group.rights}
    household = lines[str(WORDS["units.manage_household"])]
    (officer,) = (holder for holder in household.holders if holder.label == Role.STANDING_OFFICER.label)
    assert [str(place) for place in officer.where] == ["việc do cấp mình tổ chức", "đơn vị mình và đơn vị trực thuộc"]
    units = lines[str(WORDS["units.view_unit"])]
    assert (units.by_all, [str(holder.label) for holder in units.holders]) == (True, ["Quản trị hệ thống"])


@pytest.mark.django_db
def test_everybody_reaches_the_page_by_the_list_of_roles(world: World) -> None:
    client = Client()
    client.force_login(world.user("north.unit_head"))
    address = reverse("units:rights")
    assert f'href="{address}"' in client.get(reverse("units:membership_list")).content.decode()
    page = client.get(address, {"role": "unit_head"}).content.decode()
    assert "Xác nhận và gửi báo cáo" in page
    assert "Dự thảo quyết định khen thưởng" not in page
    assert "Dự thảo quyết định khen thưởng" in client.get(address, {"role": "no role"}).content.decode()
