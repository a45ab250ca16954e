"""Sample pages over drafts: the one model this room has."""

from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import User
from core.errors import MovedOn, ServiceError
from core.ui import tables
from core.ui.charts import BarChart, Series
from core.ui.drawings import Share
from core.ui.filters import FilterSet
from core.ui.forms import DateField, HouseForm, NumberField, ReasonForm
from core.ui.views import ActionView, FormPage, ListPage, Page, PageAction, SuggestView, Tile


class UserTable(tables.Table):
    username = tables.LinkColumn(url=lambda user: f"/user/{user.pk}/", verbose_name="Tên")
    full_name = tables.Column(verbose_name="Họ và tên")
    created_at = tables.DateColumn(verbose_name="Ngày lập")
    actions = tables.ActionsColumn()

    class Meta(tables.Table.Meta):
        order_by = ("username",)

    def actions_for(self, user: Any, rows: Any) -> Any:
        return {row.pk: [tables.RowAction("Xem", f"/user/{row.pk}/")] for row in rows}


class UserFilter(FilterSet):
    search_lookups = ("username",)

    class Meta:
        model = User
        fields = ("is_active",)


class UserList(ListPage):
    title = "Tài khoản"
    table_class = UserTable
    filterset_class = UserFilter

    def get_queryset(self) -> Any:
        return User.objects.all()

    def get_page_actions(self) -> list[PageAction]:
        return [PageAction("Thêm tài khoản", "/form/", "plus", primary=True)]


class SampleForm(HouseForm):
    name = forms.CharField(label="Tên", max_length=50)
    amount = NumberField(label="Số", required=False, min_value=0)
    day = DateField(label="Ngày", required=False)
    words = forms.CharField(label="Lời", widget=forms.Textarea, required=False)
    secret = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput, required=False)


class SampleFormPage(FormPage):
    title = "Mẫu nhập"
    form_class = SampleForm
    success_url = "/list/"
    success_message = "Đã lưu."

    def perform(self, form: Any) -> Any:
        name = form.cleaned_data["name"]
        if name == "refused":
            raise ServiceError("Tên này không dùng được.", field="name")
        if name == "moved":
            raise MovedOn
        return User.objects.create(username=name, full_name=name)


class SampleAction(ActionView):
    title = "Xóa tên"
    success_url = "/list/"

    def perform(self, form: Any) -> Any:
        if self.request.POST.get("refuse"):
            raise ServiceError("Không làm được.")
        return self.request.user


class ReasonAction(ActionView):
    title = "Trả lại"
    form_class = ReasonForm
    confirmation = True
    success_url = "/list/"

    def perform(self, form: Any) -> Any:
        return form.cleaned_data["reason"]


class UserSuggest(SuggestView):
    search_lookups = ("username",)

    def get_queryset(self) -> Any:
        return User.objects.order_by("username")


class Parts(Page):
    """Every part of pages on one page."""

    title = "Phong trào thi đua yêu nước năm 2024"
    template_name = "ui_site/parts.html"
    lead = "Kế hoạch số 27/KH-UBND ngày 19/02/2024 · 8 đơn vị"

    def get_crumbs(self) -> Any:
        return [("Phong trào", "/list/"), ("Năm 2024", "/list/")]

    def get_context_data(self, **kwargs: Any) -> Any:
        parts = [
            Share("approved", "Đã duyệt", 3),
            Share("waiting", "Chờ duyệt", 2),
            Share("returned", "Trả lại", 1),
            Share("not_sent", "Chưa gửi", 2),
        ]
        tiles = [
            Tile("Tất cả", 8, note="đơn vị"),
            Tile("Chưa gửi", 2, "not_sent", "circle-dashed", "trễ 3 ngày"),
            Tile("Chờ duyệt", 2, "waiting", "clock", "lâu nhất 4 ngày", "waiting"),
            Tile("Trả lại", 1, "returned", "arrow-back-up", "chờ đơn vị sửa", "returned"),
            Tile("Đã duyệt", 3, "approved", "circle-check-filled", "38% số đơn vị", "approved"),
        ]
        return super().get_context_data(
            parts=parts, tiles=tiles, tiles_field="state", tile_chosen="", lead=self.lead,
            page_actions=[PageAction("Nhắc các đơn vị chưa gửi (2)", "/list/", "send", primary=True)], **kwargs,
        )  # fmt: skip


class Open(Page):
    """A page for everybody."""

    title = "Những tấm gương thi đua năm 2024"
    template_name = "ui_site/open.html"
    for_everybody = True

    def get_context_data(self, **kwargs: Any) -> Any:
        labels = ["Kinh tế", "Văn hóa – xã hội", "Cải cách hành chính", "Phong trào Trung ương"]
        counts = [
            Series("Vượt", "exceeded", [10, 11, 7, 8]),
            Series("Đạt", "met", [8, 9, 8, 6]),
            Series("Chưa đạt", "failed", [4, 4, 3, 0]),
            Series("Chưa báo cáo", "not_sent", [8, 8, 6, 6]),
        ]
        shares = [
            Series("9 tháng", "draft", [Decimal("70.1"), Decimal("75.5"), Decimal(66), None]),
            Series("Cả năm", "approved", [Decimal("81.8"), Decimal("83.3"), Decimal("83.3"), Decimal("87.5")]),
        ]
        charts = [
            BarChart(
                "areas", "Theo nội dung thi đua", labels, counts, note="Số lượt chỉ tiêu theo kết quả", stacked=True
            ),
            BarChart("shares", "Tỷ lệ đạt và vượt", labels, shares, places=1, suffix="%"),
        ]
        return super().get_context_data(charts=charts, **kwargs)
