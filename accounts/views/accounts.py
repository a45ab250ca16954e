"""Account administration."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts import queries
from accounts.filters import AccountFilter
from accounts.forms.accounts import EditAccountForm, NewAccountForm
from accounts.models import User
from accounts.permissions import MANAGE
from accounts.requests import account_of
from accounts.services import accounts, locks, second_factor
from accounts.tables import AccountTable, chip_of
from core import audit
from core.ui.forms import ReasonForm
from core.ui.views import ActionView, DetailPage, FormPage, ListPage, Page, PageAction

Handed = tuple[User, str]


def list_crumb() -> list[tuple[Any, str]]:
    return [(_("Accounts"), reverse("accounts:account_list"))]


class AccountList(ListPage):
    title = gettext_lazy("Accounts")
    permission = MANAGE
    table_class = AccountTable
    filterset_class = AccountFilter
    empty_icon = "users"
    empty_text = gettext_lazy("No account fits.")

    def get_queryset(self) -> Any:
        return User.objects.visible_to(account_of(self.request)).order_by("sort_key", "pk")

    def get_page_actions(self) -> list[PageAction]:
        return [PageAction(_("Open an account"), reverse("accounts:account_create"), icon="user-plus", primary=True)]


class AccountPage(Page):
    """What the pages of one account share."""

    model = User
    permission: str | None = MANAGE
    object: User

    def address(self) -> str:
        return reverse("accounts:account_detail", args=[self.object.pk])

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [*list_crumb(), (str(self.object), self.address())]

    def get_success_url(self, result: Any) -> str:
        return self.address()

    def get_back_url(self) -> str:
        return self.address()


class AccountDetail(AccountPage, DetailPage):
    template_name = "accounts/account_detail.html"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_page_actions(self) -> list[PageAction]:
        account, args = self.object, [self.object.pk]
        actions = [PageAction(_("Edit"), reverse("accounts:account_edit", args=args), icon="pencil")]
        if account.pk == account_of(self.request).pk:
            return actions
        if not account.is_active:
            return [
                *actions,
                PageAction(_("Activate"), reverse("accounts:account_reactivate", args=args), icon="lock-open"),
            ]
        return [
            *actions,
            PageAction(_("New initial password"), reverse("accounts:account_reset", args=args), icon="key"),
            PageAction(_("Deactivate"), reverse("accounts:account_deactivate", args=args), icon="lock"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            state=chip_of(self.object),
            sessions=queries.sessions_of(self.object),
            locks=queries.locks_of(self.object),
            factor=queries.factor_state_of(self.object),
            may_reset=self.object.pk != account_of(self.request).pk,
            entries=audit.entries_for(self.object)[:50],
        )


class HandsPassword:
    """A page whose work yields an initial password: shown in the answer, once, and stored nowhere."""

    request: Any

    def done(self, result: Handed, url: str) -> HttpResponse:
        super().done(result, url)  # type: ignore[misc]  # the draft of the form is dropped there
        account, password = result
        context = {"title": _("Initial password"), "account": account, "password": password, "url": url}
        response = render(self.request, "accounts/password_handed.html", context)
        response["Cache-Control"] = "no-store"
        return response


class AccountCreate(HandsPassword, FormPage):
    form_class = NewAccountForm
    permission = MANAGE
    title = gettext_lazy("New account")
    submit_label = gettext_lazy("Open the account")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def perform(self, form: Any) -> Handed:
        return accounts.create_account(actor=account_of(self.request), **form.cleaned_data)

    def get_success_url(self, result: Handed) -> str:
        return reverse("accounts:account_detail", args=[result[0].pk])


class AccountEdit(AccountPage, FormPage):
    form_class = EditAccountForm
    submit_label = gettext_lazy("Save the account")
    success_message = gettext_lazy("The account is saved.")

    def get_title(self) -> str:
        return _("Edit %(name)s") % {"name": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("version", *accounts.EDITABLE)}

    def perform(self, form: Any) -> User:
        return accounts.edit_account(actor=account_of(self.request), account_id=self.object.pk, **form.cleaned_data)


class AccountReset(HandsPassword, AccountPage, ActionView):
    title = gettext_lazy("Give a new initial password")
    confirmation = True
    submit_icon = "key"

    def get_consequences(self) -> list[Any]:
        return [
            _("The present password of %(name)s no longer works, and every device is signed out.")
            % {"name": self.object},
            _("The new password is shown once. It must be changed at the first sign-in."),
        ]

    def perform(self, form: Any) -> Handed:
        return accounts.reset_password(actor=account_of(self.request), account_id=self.object.pk)


class AccountDeactivate(AccountPage, ActionView):
    title = gettext_lazy("Deactivate the account")
    form_class = ReasonForm
    confirmation = True
    danger = True
    submit_icon = "lock"
    success_message = gettext_lazy("The account is inactive. All its devices were signed out.")

    def get_consequences(self) -> list[Any]:
        return [
            _("%(name)s can no longer sign in and is signed out at once.") % {"name": self.object},
            _("What the account did stays in the records. It can be activated again."),
        ]

    def perform(self, form: Any) -> User:
        return accounts.deactivate_account(
            actor=account_of(self.request), account_id=self.object.pk, reason=form.cleaned_data["reason"]
        )


class AccountReactivate(HandsPassword, AccountPage, ActionView):
    title = gettext_lazy("Activate the account")
    form_class = ReasonForm
    confirmation = True
    submit_icon = "lock-open"

    def get_consequences(self) -> list[Any]:
        return [_("%(name)s gets a new initial password and can sign in again.") % {"name": self.object}]

    def perform(self, form: Any) -> Handed:
        return accounts.reactivate_account(
            actor=account_of(self.request), account_id=self.object.pk, reason=form.cleaned_data["reason"]
        )


class AccountFactorReset(AccountPage, ActionView):
    """For somebody who lost the phone and the recovery codes."""

    title = gettext_lazy("Reset two-step sign-in")
    form_class = ReasonForm
    confirmation = True
    danger = True
    submit_icon = "shield-lock"
    success_message = gettext_lazy("Two-step sign-in was reset. All devices were signed out, and the person was told.")

    def get_consequences(self) -> list[Any]:
        return [
            _("Make sure that it is really %(name)s who asks: in person or by a telephone number you know.")
            % {"name": self.object},
            _("The app and the recovery codes no longer work, and every device is signed out."),
            _("Until it is set up anew the password alone opens the account."),
        ]

    def perform(self, form: Any) -> User:
        return second_factor.reset(
            actor=account_of(self.request), account_id=self.object.pk, reason=form.cleaned_data["reason"]
        )


class AccountUnlock(AccountPage, ActionView):
    title = gettext_lazy("Open the locks")

    def perform(self, form: Any) -> int:
        return locks.unlock_account(user=self.object, actor=account_of(self.request))

    def get_success_message(self, result: int) -> str:
        return ngettext("%(n)d lock was opened.", "%(n)d locks were opened.", result) % {"n": result}
