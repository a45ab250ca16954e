"""Forms: clean text, figures and days as typed, errors where they are read."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from lxml import html

from accounts.models import User
from core.ui.forms import DateField, HouseForm, HouseModelForm, NumberField, ReasonForm, SuggestField
from tests.factories import UserFactory


class Sample(HouseForm):
    name = forms.CharField(max_length=10)
    words = forms.CharField(widget=forms.Textarea, required=False)
    secret = forms.CharField(widget=forms.PasswordInput, required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Đồng ý", help_text="Theo biên bản.")


def filled(**values: str) -> Sample:
    return Sample({"name": "x", "kind": "a", "agreed": "on", **values})


def test_a_line_is_composed_and_its_blanks_collapse() -> None:
    form = filled(name="  Tie\u0302\u0301n \u00a0 Mỹ\u0007 ")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Tiến Mỹ"


def test_a_text_keeps_its_lines() -> None:
    form = filled(words="một  hai\r\nba")
    assert form.is_valid()
    assert form.cleaned_data["words"] == "một  hai\nba"


def test_a_text_in_which_nothing_can_be_seen_is_empty() -> None:
    form = filled(name="\u200b", words="\u200b\n\u00a0")
    assert form.errors["name"] == ["Chưa nhập mục này."]
    assert form.cleaned_data["words"] == ""


def test_a_text_is_no_longer_than_a_cell_of_a_report() -> None:
    assert filled(words="ế" * 32_767).is_valid()
    assert "32767" in filled(words="ế" * 32_768).errors["words"][0]
    assert 'maxlength="32767"' in str(filled()["words"])


def test_a_whole_number_is_no_larger_than_its_column() -> None:
    class Ordered(HouseForm):
        place = forms.IntegerField()
        year = forms.IntegerField(max_value=2100)

    assert Ordered({"place": "2147483647", "year": "2026"}).is_valid()
    assert "2147483647" in Ordered({"place": "2147483648", "year": "2026"}).errors["place"][0]
    assert "2100" in Ordered({"place": "1", "year": "2101"}).errors["year"][0]


def test_a_password_stays_as_typed() -> None:
    form = filled(secret="  e\u0302  ")
    form.fields["secret"].strip = False
    assert form.is_valid()
    assert form.cleaned_data["secret"] == "  e\u0302  "


def test_a_field_that_is_all_marks_is_empty() -> None:
    assert "name" in filled(name="\u0007").errors


def page_of(form: forms.Form) -> html.HtmlElement:
    return html.fragment_fromstring(str(form), create_parent="div")


def test_error_stands_at_the_field_and_above_with_a_link() -> None:
    page = page_of(filled(name="quá dài " * 5))
    field = page.get_element_by_id("id_name")
    assert field.get("aria-describedby") == "id_name_error"
    assert field.get("aria-invalid") == "true"
    error = page.get_element_by_id("id_name_error").text_content().strip()
    summary = page.find_class("error-summary")[0]
    assert [a.get("href") for a in summary.iter("a")] == ["#id_name"]
    assert error in summary.text_content()


def test_summary_leads_to_a_group_of_choices() -> None:
    page = page_of(filled(kind=""))
    target = next(a.get("href") for a in page.find_class("error-summary")[0].iter("a"))
    assert page.get_element_by_id(target[1:]) is not None


def test_empty_fields_say_so_in_our_words() -> None:
    form = Sample({})
    assert form.errors["name"] == ["Chưa nhập mục này."]
    assert form.errors["kind"] == ["Chưa chọn mục này."]
    assert "Còn 3 mục cần sửa" in str(form)


class Order(HouseForm):
    place = forms.IntegerField(min_value=1, max_value=9)


@pytest.mark.parametrize(
    ("typed", "words"), [("0", "Số phải lớn hơn hoặc bằng 1."), ("10", "Số phải nhỏ hơn hoặc bằng 9."), ("5", "")]
)
def test_limits_of_a_whole_number_are_said_in_our_words(typed: str, words: str) -> None:
    assert Order({"place": typed}).errors.get("place", []) == ([words] if words else [])


def test_hint_is_tied_to_its_field() -> None:
    page = page_of(Sample())
    assert page.get_element_by_id("id_agreed").get("aria-describedby") == "id_agreed_help"
    assert page.get_element_by_id("id_agreed_help").text_content() == "Theo biên bản."


def test_every_field_has_a_label_and_only_the_optional_say_so() -> None:
    page = page_of(Sample())
    labels = {label.get("for"): label.text_content() for label in page.iter("label")}
    assert {"id_name", "id_words", "id_secret", "id_agreed", "id_kind_0", "id_kind_1"} <= set(labels)
    assert "(không bắt buộc)" in labels["id_words"]
    assert "(không bắt buộc)" not in labels["id_name"]


class Figures(HouseForm):
    amount = NumberField(required=False, min_value=0, max_value=1000, decimal_places=2)
    share = NumberField(required=False, percent=True)
    day = DateField(required=False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.000", Decimal(1000)), ("12,5", Decimal("12.5")), (" 7 ", Decimal(7)), ("", None), ("0,05", Decimal("0.05"))],
)
def test_number_is_read_as_offices_write_it(typed: str, value: Decimal | None) -> None:
    form = Figures({"amount": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == value


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1,500", "1,5 hoặc 1.500"),
        ("-1", "lớn hơn hoặc bằng 0"),
        ("1.001", "nhỏ hơn hoặc bằng 1.000"),
        ("1,2345", "tối đa 2 chữ số"),
        ("abc", "abc"),
        ("NaN", "NaN"),
        ("1e5", "1e5"),
    ],
)
def test_bad_number_is_explained_and_kept_as_typed(typed: str, words: str) -> None:
    form = Figures({"amount": typed})
    assert words in form.errors["amount"][0]
    assert f'value="{typed}"' in str(form["amount"])


def test_percent_sign_is_allowed_where_asked() -> None:
    assert Figures({"share": "95,6%"}).is_valid()
    assert not Figures({"amount": "95,6%"}).is_valid()


def test_stored_number_is_shown_as_typed_back() -> None:
    assert 'value="1.234,5"' in str(Figures(initial={"amount": Decimal("1234.50")})["amount"])
    assert not Figures({"amount": "5,0"}, initial={"amount": Decimal(5)}).has_changed()
    assert Figures({"amount": "x"}, initial={"amount": Decimal(5)}).has_changed()


def test_day_is_read_and_shown_as_written_here() -> None:
    form = Figures({"day": "5/3/2024"}, initial={"day": date(2024, 3, 5)})
    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2024, 3, 5)
    assert not form.has_changed()
    assert 'value="05/03/2024"' in str(Figures(initial={"day": date(2024, 3, 5)})["day"])


@pytest.mark.parametrize("typed", ["2024-03-05", "31/02/2024", "05/03/24", "hôm nay"])
def test_bad_day_is_explained_and_kept(typed: str) -> None:
    form = Figures({"day": typed})
    assert typed in form.errors["day"][0]
    assert f'value="{typed}"' in str(form["day"])


class UserForm(HouseModelForm):
    class Meta:
        model = User
        fields = ("full_name", "working_day")


def test_model_form_has_the_house_fields_and_never_writes() -> None:
    form = UserForm({"full_name": "An", "working_day": "05/03/2024"})
    assert isinstance(form.fields["working_day"], DateField)
    assert form.is_valid()
    with pytest.raises(NotImplementedError):
        form.save()


def test_reason_must_be_given() -> None:
    assert not ReasonForm({"reason": "  "}).is_valid()


@pytest.mark.django_db
class TestSuggest:
    class Choice(HouseForm):
        person = SuggestField(None, url_name="suggest", search_lookups=("username",))

    pytestmark = pytest.mark.urls("tests.core.ui_site.urls")

    def form(self, data: dict[str, str] | None = None, rows: object = None) -> HouseForm:
        form = self.Choice(data)
        form.fields["person"].queryset = User.objects.order_by("pk") if rows is None else rows
        return form

    def test_few_rows_are_a_plain_select(self) -> None:
        UserFactory.create_batch(3)
        page = page_of(self.form())
        assert len(list(page.iter("option"))) == 4
        assert not page.find_class("suggest-search")
        assert page.get_element_by_id("id_person").get("data-suggest") == "/suggest/"

    def test_many_rows_are_found_by_words(self) -> None:
        made = UserFactory.create_batch(70)
        page = page_of(self.form({"person": str(made[3].pk), "person__q": made[65].username}))
        offered = {option.get("value") for option in page.iter("option")} - {""}
        assert offered == {str(made[3].pk), str(made[65].pk)}
        assert page.find_class("suggest-search")

    def test_many_rows_offer_nothing_before_a_search(self) -> None:
        UserFactory.create_batch(70)
        assert len(list(page_of(self.form()).iter("option"))) == 1

    def test_a_row_out_of_reach_is_refused_whatever_the_page_offered(self) -> None:
        mine, other = UserFactory.create_batch(2)
        rows = User.objects.filter(pk=mine.pk)
        assert self.form({"person": str(mine.pk)}, rows).is_valid()
        assert not self.form({"person": str(other.pk)}, rows).is_valid()
