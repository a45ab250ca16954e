"""The list of accounts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, QuerySet, When
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import MANAGE
from core.ui import states
from core.ui.tables import ActionsColumn, Column, LinkColumn, RowAction, Table, TimeColumn


def state_of(account: User) -> tuple[states.Look, str]:
    """How an account's state is shown: look and word."""
    if not account.is_active:
        return states.Look("failed", "lock"), _("Inactive")
    if account.must_change:
        return states.Look("waiting", "clock"), _("Waits for a new password")
    return states.Look("met", "circle-check"), _("Active")


def chip_of(account: User) -> SafeString:
    look, word = state_of(account)
    return states.chip(word, look)


class AccountTable(Table):
    full_name = LinkColumn(
        url="accounts:account_detail",
        note=lambda account: account.username,
        note_name=gettext_lazy("User name"),
        order_by=("sort_key",),
        verbose_name=gettext_lazy("Full name"),
    )
    contact = Column(
        empty_values=(),
        accessor="phone",
        order_by=("phone", "email"),
        verbose_name=gettext_lazy("Telephone and e-mail"),
    )
    state = Column(empty_values=(), accessor="is_active", verbose_name=gettext_lazy("State"))
    last_login = TimeColumn(verbose_name=gettext_lazy("Last sign-in"))
    actions = ActionsColumn()

    class Meta(Table.Meta):
        model = User
        fields = ("full_name", "contact", "state", "last_login")
        empty_text = gettext_lazy("No accounts yet.")

    caption = gettext_lazy("Accounts")

    def order_state(self, rows: QuerySet[User], falling: bool) -> tuple[QuerySet[User], bool]:
        """Active, waiting for a new password, inactive."""
        rank = Case(When(is_active=False, then=2), When(must_change=True, then=1), default=0)
        return rows.annotate(state_rank=rank).order_by("-state_rank" if falling else "state_rank"), True

    def render_contact(self, record: User) -> str:
        return ", ".join(part for part in (record.phone, record.email) if part) or "–"

    def render_state(self, record: User) -> SafeString:
        return chip_of(record)

    def actions_for(self, user: Any, rows: Sequence[User]) -> Mapping[Any, Sequence[RowAction]]:
        if not user.has_perm(MANAGE):
            return {}
        return {
            row.pk: [RowAction(_("Edit"), reverse("accounts:account_edit", args=[row.pk]), icon="pencil")]
            for row in rows
        }
