"""The frame of each page: menus, tabs, states, drawings, what it asks of the database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from lxml import html

from core.ui import context, drawings, navigation, states, tabs
from core.ui.charts import BarChart, Series
from core.ui.drawings import Share
from tests.core.ui_site.models import SampleRecord
from tests.core.ui_site.states import Other, Sample
from tests.factories import UserFactory

ADDRESSES = {"home": "/", "units": "/units/", "blocks": "/units/blocks/", "awards": "/awards/"}


@pytest.mark.parametrize(
    ("path", "active"),
    [("/", "home"), ("/units/", "units"), ("/units/5/", "units"), ("/units/blocks/1/", "blocks"), ("/x/", "")],
)
def test_active_entry_is_the_nearest_above_the_page(path: str, active: str) -> None:
    assert navigation.active_code(ADDRESSES, path) == active


@pytest.fixture
def empty_menu(monkeypatch) -> None:
    monkeypatch.setattr(navigation, "ENTRIES", navigation.Registry("navigation entry"))


@pytest.mark.usefixtures("empty_menu")
class TestMenu:
    pytestmark = pytest.mark.urls("tests.core.ui_site.urls")

    def test_entries_stand_in_order_and_only_for_those_who_may(self) -> None:
        navigation.register("b", label="B", icon="flag", url_name="form", order=2, badge=lambda user: 7)
        navigation.register("a", label="A", icon="flag", url_name="list", order=1, short="a")
        navigation.register("c", label="C", icon="flag", url_name="act", visible=lambda user: False)
        items = navigation.items_for(UserFactory.build(), "/form/")
        assert [(item.code, item.short, item.active, item.badge) for item in items] == [
            ("a", "a", False, None),
            ("b", "B", True, 7),
        ]

    def test_places_are_kept_apart(self) -> None:
        navigation.register("a", label="A", icon="flag", url_name="list", place="account")
        assert navigation.items_for(UserFactory.build(), "/") == []
        assert len(navigation.items_for(UserFactory.build(), "/", "account")) == 1

    def test_a_code_is_taken_once(self) -> None:
        navigation.register("a", label="A", icon="flag", url_name="list")
        with pytest.raises(ValueError, match="twice"):
            navigation.register("a", label="B", icon="flag", url_name="list")


@pytest.mark.urls("tests.core.ui_site.urls")
def test_higher_floors_add_tabs(monkeypatch) -> None:
    monkeypatch.setattr(tabs, "_tabs", {})
    tabs.register("thing", "late", label="Sau", url_name="broken", order=2, count=lambda user, record: 4)
    tabs.register("thing", "first", label="Trước", url_name="broken", order=1)
    tabs.register("thing", "hidden", label="Ẩn", url_name="broken", visible=lambda user, record: False)
    record = SampleRecord(pk="x")
    shown = tabs.tabs_for("thing", record, None, "late")
    assert [(tab.code, tab.url, tab.active, tab.count) for tab in shown] == [
        ("first", "/broken/x/", False, None),
        ("late", "/broken/x/", True, 4),
    ]
    with pytest.raises(ValueError, match="twice"):
        tabs.register("thing", "first", label="", url_name="broken")


def draw(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


class TestStates:
    def test_chip_is_colour_word_and_icon(self) -> None:
        chip = draw("{% state_chip state %}", state=Sample.SENT)
        assert "state-waiting" in chip
        assert "#send" in chip
        assert "<span>Đã gửi</span>" in chip

    def test_text_from_the_database_finds_its_enum_by_the_field(self) -> None:
        record = SampleRecord(state="draft", owner=SampleRecord(state="sent"))
        assert "Bản nháp" in draw("{% state_chip record.state %}", record=record)
        assert "Đã gửi" in draw("{% state_chip record.owner.state %}", record=record)

    def test_no_state_is_no_chip(self) -> None:
        assert draw("{% state_chip record.state %}", record=SampleRecord(state="")) == ""

    def test_unknown_text_is_a_fault_of_the_template(self) -> None:
        with pytest.raises(TemplateSyntaxError):
            draw("{% state_chip text %}", text="draft")

    def test_unregistered_state_is_a_plain_word(self) -> None:
        assert not states.is_registered(Other.DRAFT)
        assert "Nháp khác" in draw("{% state_chip state %}", state=Other.DRAFT)

    def test_unknown_tone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="not a tone"):
            states.register(Other.DRAFT, tone="pink")

    def test_fact_that_is_no_stored_state_has_a_chip_too(self) -> None:
        assert "state-late" in draw('{% chip "late" word %}', word="Trễ 3 ngày")


def test_days_numbers_and_moments_in_templates() -> None:
    moment = datetime(2024, 11, 30, 18, 5, tzinfo=UTC)
    assert draw("{{ d|vn_date }} {{ m|vn_date }} {{ m|vn_time }}", d=date(2024, 11, 30), m=moment) == (
        "30/11/2024 01/12/2024 01:05 01/12/2024"
    )
    assert draw(
        "{{ n|vn_number:2 }} {{ n|vn_number }} {{ x|vn_number }} {{ x|vn_date }}", n=Decimal("1234.5"), x=None
    ) == ("1.234,50 1.234,5 – –")


def test_shares_are_drawn_without_style_and_told_in_words() -> None:
    parts = [Share("approved", "Đã duyệt", 3), Share("not_sent", "Chưa gửi", 1), Share("late", "Trễ", 0)]
    bar = html.fragment_fromstring(drawings.shares(parts))
    rects = bar.findall("rect")
    assert [(rect.get("x"), rect.get("width")) for rect in rects] == [("0.000%", "74.850%"), ("75.000%", "24.850%")]
    assert bar.get("aria-label") == "Đã duyệt 3, Chưa gửi 1, Trễ 0"
    assert "style=" not in drawings.shares(parts)
    assert "&lt;b&gt;" in drawings.legend([Share("late", "<b>", 1)])
    assert not html.fragment_fromstring(drawings.shares([])).findall("rect")


def test_chart_says_its_figures_in_a_table_too() -> None:
    chart = BarChart(
        "a", "Tỷ lệ", ["Kinh tế", "<b>"], [Series("Đạt", "met", [Decimal(84), None])], places=1, suffix="%"
    )
    page = draw('{% include "ui/_chart.html" %}', chart=chart)
    assert '<td class="num">84,0%</td>' in page
    assert '<td class="num">–</td>' in page
    assert "<b>" not in page
    assert chart.data["series"][0]["values"] == [84.0, None]


def test_chart_refuses_a_series_of_another_length() -> None:
    with pytest.raises(ValueError, match="1 values for 2 rows"):
        BarChart("a", "Tỷ lệ", ["x", "y"], [Series("Đạt", "met", [1])])


class TestHouse:
    def house(self, user: object = None, path: str = "/") -> context.House:
        request = RequestFactory().get(path)
        request.user = user
        return context.House(request)

    def test_nothing_is_asked_before_it_is_shown(self, db, django_assert_num_queries) -> None:
        with django_assert_num_queries(0):
            self.house(UserFactory.build())

    def test_initials_are_of_the_last_two_words(self) -> None:
        assert self.house(UserFactory.build(full_name="Lý Thị Ngọc Hân")).initials == "NH"
        assert self.house(UserFactory.build(full_name="Đạt")).initials == "Đ"

    def test_hooks_of_higher_floors_fill_the_frame(self, monkeypatch) -> None:
        monkeypatch.setattr(context, "_hooks", {})
        user = UserFactory.build()
        assert (self.house(user).masthead, self.house(user).unread, self.house(user).acting_as) == ("", 0, "")
        context.register_masthead(lambda user: "UBND xã An Hiệp")
        context.register_unread(lambda user: 3)
        context.register_acting_as(lambda user: "Thủ trưởng đơn vị")
        assert (self.house(user).masthead, self.house(user).unread) == ("UBND xã An Hiệp", 3)
        assert self.house(user).acting_as == "Thủ trưởng đơn vị"

    def test_band_shows_the_business_day_in_demo_alone(self, settings) -> None:
        settings.DEMO = False
        assert self.house().demo_day is None
        settings.DEMO = True
        assert self.house().demo_day is not None


@pytest.mark.django_db
@pytest.mark.urls("tests.core.ui_site.urls")
class TestPage:
    @pytest.fixture
    def page(self, client, settings):
        settings.DEMO = True
        client.force_login(UserFactory(), backend="accounts.backends.AccountBackend")
        return html.document_fromstring(client.get("/list/").content)

    def test_skip_link_leads_to_the_content(self, page) -> None:
        first = next(element for element in page.iter("a"))
        assert first.get("href") == "#main"
        assert page.get_element_by_id("main").tag == "main"

    def test_one_heading_and_its_words_in_the_window_title(self, page) -> None:
        headings = [heading.text_content() for heading in page.iter("h1")]
        assert headings == ["Tài khoản"]
        assert page.findtext(".//title") == "Tài khoản – Thi đua – Khen thưởng"

    def test_no_inline_code_and_no_other_site(self, page) -> None:
        for element in page.iter():
            if not isinstance(element.tag, str):
                continue
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
            for name in ("src", "href", "action"):
                assert not element.get(name, "").startswith(("http:", "https:", "//"))
        assert all(script.get("src") for script in page.iter("script"))

    def test_htmx_may_not_run_code(self, page) -> None:
        config = page.xpath("//meta[@name='htmx-config']/@content")[0]
        assert '"allowEval": false' in config
        assert '"includeIndicatorStyles": false' in config

    def test_band_and_language(self, page) -> None:
        assert "Dữ liệu minh họa – ngày làm việc" in page.find_class("demo-band")[0].text_content()
        assert page.get("lang") == "vi"


@pytest.mark.django_db
@pytest.mark.urls("tests.core.ui_site.urls")
def test_english_is_complete_on_the_frame(client) -> None:
    client.force_login(UserFactory(language="en"), backend="accounts.backends.AccountBackend")
    page = client.get("/list/").content.decode()
    assert "Skip to the content" in page
    assert "Clear the filters" not in page
    assert 'lang="en"' in page
