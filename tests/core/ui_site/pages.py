"""Sample pages over drafts: the one model this room has."""

from typing import Any

from django import forms

from accounts.models import User
from core.errors import MovedOn, ServiceError
from core.ui import tables
from core.ui.filters import FilterSet
from core.ui.forms import DateField, HouseForm, NumberField, ReasonForm
from core.ui.views import ActionView, FormPage, ListPage, PageAction, SuggestView


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
