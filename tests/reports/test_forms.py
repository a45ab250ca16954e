"""Parameters: scoped, carried in addresses, kept as texts. Names of files and of issuers."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict

from core.clock import today
from core.text.filenames import file_name, plain_letters
from reports.forms import ReportForm
from reports.titles import issuer_lines, own_unit
from tests.reports.sample import UnitForm
from units.models import Unit


class StartingForm(UnitForm):
    kind = forms.ChoiceField(choices=[("all", "Tất cả"), ("sent", "Đã gửi")], label="Số liệu")

    def starting_values(self):
        newest = self.fields["unit"].queryset.in_official_order().first()
        return {"kind": "all", "unit": newest}


@pytest.fixture
def user(world):
    return world.user("north.standing_officer")


@pytest.mark.django_db
class TestCarried:
    def test_address_fills_the_form(self, world, user):
        unit = world.unit("north.a")
        form = StartingForm.carried(QueryDict(f"unit={unit.pk}&until=20/10/2024&kind=sent&from=units"), user)
        assert form.is_complete
        assert form.cleaned_data == {"unit": unit, "until": date(2024, 10, 20), "kind": "sent"}

    def test_starting_values_stand_where_nothing_was_chosen(self, world, user):
        form = StartingForm.carried(QueryDict("kind=sent"), user)
        assert form.cleaned_data["unit"] == world.unit("north.province")
        assert form.cleaned_data["kind"] == "sent"

    @pytest.mark.parametrize("query", ["unit=abc", "unit=-1", "kind=none", "until=31/02/2024", "kind=a&kind=b"])
    def test_what_cannot_be_chosen_is_passed_over(self, user, query):
        form = StartingForm.carried(QueryDict(query), user)
        assert form.is_complete
        assert not form.errors

    def test_a_unit_out_of_scope_is_passed_over(self, world, user):
        form = UnitForm.carried(QueryDict(f"unit={world.unit('south.a').pk}"), user)
        assert form.cleaned_data["unit"] is None

    def test_a_form_that_lacks_something_shows_no_errors_yet(self, user):
        class Required(UnitForm):
            kind = forms.ChoiceField(choices=[("a", "A")])

        form = Required.carried(QueryDict(""), user)
        assert not form.is_complete
        assert not form.errors


@pytest.mark.django_db
class TestKept:
    def test_stored_values_make_the_same_form(self, world, user):
        query = QueryDict(f"unit={world.unit('north.a').pk}&until=5/3/2024")
        form = UnitForm(query, user=user)
        assert form.is_valid()
        assert form.stored() == {"unit": [str(world.unit("north.a").pk)], "until": ["05/03/2024"]}
        again = UnitForm.kept(form.stored(), user)
        assert again.is_valid()
        assert again.cleaned_data == form.cleaned_data

    def test_many_and_flags(self, world, user):
        class Many(ReportForm):
            units = forms.ModelMultipleChoiceField(queryset=None, label="Đơn vị")
            late = forms.BooleanField(required=False, label="Chỉ đơn vị trễ")
            own = forms.BooleanField(required=False, label="Của tôi")

            def scope_choices(self):
                self.fields["units"].queryset = Unit.objects.visible_to(self.user)

        keys = sorted(str(world.unit(key).pk) for key in ("north.a", "north.a.office"))
        form = Many(QueryDict(f"units={keys[1]}&units={keys[0]}&late=on"), user=user)
        assert form.is_valid()
        assert form.stored() == {"units": keys, "late": ["on"]}
        assert Many.kept(form.stored(), user).is_valid()
        assert dict(form.chosen())["Chỉ đơn vị trễ"] == "Có"

    def test_chosen_says_what_was_left_at_all(self, user):
        form = UnitForm.carried(QueryDict("until=20/10/2024"), user)
        assert form.chosen() == [("Đơn vị", "Tất cả đơn vị"), ("Đến ngày", "20/10/2024")]


@pytest.mark.django_db
class TestScope:
    def test_foreign_rows_are_no_choice(self, world, user):
        form = UnitForm(QueryDict(f"unit={world.unit('south.a').pk}"), user=user)
        assert list(form.errors) == ["unit"]

    def test_rows_must_come_from_scope_choices(self, user):
        class Open(ReportForm):
            unit = forms.ModelChoiceField(queryset=Unit.objects.all())

        with pytest.raises(ImproperlyConfigured):
            Open(user=user)

    def test_rows_must_be_given(self, user):
        class Forgotten(ReportForm):
            unit = forms.ModelChoiceField(queryset=None)

        with pytest.raises(ImproperlyConfigured):
            Forgotten(user=user)

    def test_a_field_may_hang_on_another(self, world, user):
        class Chained(UnitForm):
            below = forms.ModelChoiceField(queryset=None, required=False)

            def scope_choices(self):
                super().scope_choices()
                above = self.picked("unit")
                rows = Unit.objects.visible_to(self.user)
                self.fields["below"].queryset = rows.filter(parent=above) if above else rows.none()

        unit, below = world.unit("north.a"), world.unit("north.a.office")
        assert Chained(QueryDict(f"unit={unit.pk}&below={below.pk}"), user=user).is_valid()
        assert not Chained(QueryDict(f"below={below.pk}"), user=user).is_valid()
        assert Chained(user=user).fields["below"].queryset.count() == 0


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("27/KH-UBND", "27-KH-UBND"),
        ("Đăng ký thi đua", "Dang-ky-thi-dua"),
        ("Ðặng Thị Ưng", "Dang-Thi-Ung"),
        ("../../etc/passwd", "etc-passwd"),
        ("  ", ""),
        ("🌾 =1+1\r\n", "1-1"),
        ("x" * 100, "x" * 60),
    ],
)
def test_plain_letters(text, plain):
    assert plain_letters(text) == plain


def test_file_name():
    day = date(2024, 10, 20)
    name = file_name("Đăng ký thi đua", ["27/KH-UBND"], day, ".xlsx")
    assert name == "dang-ky-thi-dua_27-KH-UBND_20241020.xlsx"
    assert file_name("🌾", ["", "…"], day, ".docx") == "bao-cao_20241020.docx"


@pytest.mark.django_db
def test_issuer_is_named_as_on_that_day(world):
    day = date(2026, 1, 1)
    assert issuer_lines(world.unit("north.a"), day) == {"parent": "", "issuer": "Ủy ban nhân dân xã Châu Thành"}
    assert issuer_lines(world.unit("north.a.office"), day) == {
        "parent": "Ủy ban nhân dân xã Châu Thành",
        "issuer": "Phòng Văn hóa – Xã hội",
    }


@pytest.mark.django_db
def test_own_unit_is_the_committee_before_the_office(world):
    assert own_unit(world.user("north.standing_officer")) == world.unit("north.a")
    assert own_unit(world.user("north.unit_head")) == world.unit("north.a.hamlet")
    assert own_unit(world.user("nobody")) is None
    assert today() >= date(2025, 7, 1)
