"""The filter bar over a list."""

import pytest
from django.http import QueryDict

from accounts.models import User
from core.ui.filters import FilterSet
from tests.core.ui_site.pages import UserFilter
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def found(query: str) -> set[str]:
    return {user.username for user in UserFilter(QueryDict(query), queryset=User.objects.all()).qs}


def test_every_word_must_be_found_in_any_order() -> None:
    for name in ("xa an ninh", "an hiep", "phu tan"):
        UserFactory(username=name)
    assert found("q=ninh+an") == {"xa an ninh"}
    assert found("q=an") == {"xa an ninh", "an hiep", "phu tan"}
    assert found("q=An Ninh") == {"xa an ninh"}


def test_a_word_may_stand_in_any_of_the_keys() -> None:
    class Wide(FilterSet):
        search_lookups = ("username", "phone")

        class Meta:
            model = User
            fields = ()

    UserFactory(username="an", phone="0299")
    UserFactory(username="an hai", phone="")
    rows = Wide(QueryDict("q=an 0299"), queryset=User.objects.all()).qs
    assert [user.username for user in rows] == ["an"]


def test_like_wildcards_are_only_letters() -> None:
    UserFactory(username="a")
    assert found("q=%25") == set()
    assert found("q=_") == set()


def test_chips_name_the_choices_and_drop_one_each() -> None:
    filterset = UserFilter(QueryDict("q=an&is_active=true&page=3&sort=username"), queryset=User.objects.all())
    chips = {chip.label: chip for chip in filterset.chip_list}
    assert filterset.in_force
    assert {label: chip.value for label, chip in chips.items()} == {"Tìm kiếm": "an", "Đang hoạt động": "Có"}
    assert chips["Tìm kiếm"].without == "?is_active=true&sort=username"


def test_nothing_chosen_is_no_filter() -> None:
    assert not UserFilter(QueryDict("q=&is_active="), queryset=User.objects.all()).in_force


def test_a_list_without_search_keys_has_no_box() -> None:
    class Plain(FilterSet):
        search_lookups = ()

        class Meta:
            model = User
            fields = ("is_active",)

    assert "q" not in Plain(QueryDict(), queryset=User.objects.all()).form.fields


def test_search_box_stands_first() -> None:
    assert next(iter(UserFilter(QueryDict(), queryset=User.objects.all()).form.fields)) == "q"
