"""Roles of users, and their deputies."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from core import audit, clock
from core.errors import NotAllowed
from core.ui.views import DetailPage, FormPage, ListPage, Page, PageAction, SuggestView
from units import queries
from units.filters import MembershipFilter
from units.forms.memberships import DelegationForm, EndDelegationForm, EndRoleForm, MembershipForm
from units.models import Delegation, Membership, Unit
from units.services import memberships
from units.services.memberships import MANAGE
from units.tables import MembershipTable, period_chip


def list_crumb() -> list[tuple[Any, str]]:
    return [(_("Grants of rights"), reverse("units:membership_list"))]


class AccountSuggest(SuggestView):
    """Accounts that could hold a role or act as deputies, by typing."""

    def get_queryset(self) -> Any:
        return queries.fit_accounts(self.request.user, clock.today())

    def text_of(self, row: User) -> str:
        return row.full_name

    def note_of(self, row: User) -> str:
        return row.username


class MembershipList(ListPage):
    title = gettext_lazy("Grants of rights")
    table_class = MembershipTable
    filterset_class = MembershipFilter
    empty_icon = "shield-check"
    empty_text = gettext_lazy("Nobody holds a role yet. Without a role an account sees nothing.")

    def get_queryset(self) -> Any:
        rows = queries.roles_for_table(Membership.objects.visible_to(self.request.user), clock.today())
        return rows.order_by("unit__official_order", "unit__sort_key", "role", "pk")

    def get_page_actions(self) -> list[PageAction]:
        rights = PageAction(_("Which role may do what"), reverse("units:rights"), icon="help-circle")
        if not self.request.user.has_perm(MANAGE):
            return [rights]
        grant = PageAction(_("Grant a role"), reverse("units:membership_create"), icon="user-plus", primary=True)
        return [rights, grant]


class MembershipCreate(FormPage):
    title = gettext_lazy("Grant a role")
    permission = MANAGE
    form_class = MembershipForm
    submit_label = gettext_lazy("Grant the role")
    success_message = gettext_lazy("The role is granted.")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": clock.today(), **{name: self.request.GET.get(name, "") for name in ("user", "unit")}}

    def get_form_kwargs(self) -> dict[str, Any]:
        units = Unit.objects.visible_to(self.request.user).select_related("parent").in_official_order()
        return {
            **super().get_form_kwargs(),
            "users": queries.fit_accounts(self.request.user, clock.today()),
            "units": units,
        }

    def perform(self, form: Any) -> Membership:
        return memberships.grant_role(actor=self.request.user, **form.cleaned_data)

    def get_success_url(self, result: Membership) -> str:
        return reverse("units:membership_detail", args=[result.pk])


class MembershipPage(Page):
    """What the pages of one role share."""

    model = Membership
    permission: str | None = MANAGE
    object: Membership
    request: Any

    def get_object_queryset(self) -> Any:
        return Membership.objects.visible_to(self.request.user).select_related("user", "unit__parent")

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [*list_crumb(), (str(self.object), self.get_success_url(None))]

    def get_success_url(self, result: Any) -> str:
        return reverse("units:membership_detail", args=[self.object.pk])

    def others(self) -> Any:
        """Accounts that may take the role's work on."""
        return queries.fit_accounts(self.request.user, clock.today()).exclude(pk=self.object.user_id)

    def may_delegate(self) -> bool:
        """Who holds the role, and who grants roles."""
        return self.object.user_id == self.request.user.pk or self.request.user.has_perm(MANAGE)


class MembershipDetail(MembershipPage, DetailPage):
    permission = None
    template_name = "units/membership_detail.html"

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return list_crumb()

    def get_title(self) -> str:
        return _("%(person)s: %(role)s") % {"person": self.object.user, "role": self.object.get_role_display()}

    def get_page_actions(self) -> list[PageAction]:
        row, args = self.object, [self.object.pk]
        if row.over_on(clock.today()):
            return []
        actions = []
        if self.may_delegate():
            actions.append(
                PageAction(_("Name a deputy"), reverse("units:delegation_create", args=args), icon="user-plus")
            )
        if self.request.user.has_perm(MANAGE):
            actions.append(PageAction(_("End the role"), reverse("units:membership_end", args=args), icon="user-off"))
        return actions

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day, delegates = clock.today(), self.may_delegate()
        deputies = self.object.delegations.select_related("to").order_by("-valid_from", "pk")
        return super().get_context_data(
            chip=period_chip(self.object, day),
            deputies=[(row, period_chip(row, day), delegates and not row.over_on(day)) for row in deputies],
            entries=audit.entries_for(self.object)[:50],
            **kwargs,
        )


class MembershipEnd(MembershipPage, FormPage):
    form_class = EndRoleForm
    submit_label = gettext_lazy("End the role")
    success_message = gettext_lazy("The end of the role is recorded.")

    def get_title(self) -> str:
        return _("End the role “%(role)s”") % {"role": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {"on": max(clock.today(), self.object.valid_from), "version": self.object.version}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "users": self.others()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        work = memberships.open_work(self.object)
        count = sum(number for _label, number in work)
        lead = ngettext(
            "%(count)d open task depends on this role.", "%(count)d open tasks depend on this role.", count
        ) % {"count": count}
        return super().get_context_data(lead=lead if count else "", **kwargs)

    def perform(self, form: Any) -> Membership:
        return memberships.end_role(membership_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class DelegationCreate(MembershipPage, FormPage):
    permission = None
    form_class = DelegationForm
    submit_label = gettext_lazy("Name the deputy")
    success_message = gettext_lazy("The deputy can act in the role on these days.")

    def check_access(self) -> None:
        super().check_access()
        if not self.may_delegate():
            raise NotAllowed(MANAGE)

    def get_title(self) -> str:
        return _("Name a deputy for “%(role)s”") % {"role": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {"valid_from": clock.today()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "users": self.others()}

    def perform(self, form: Any) -> Delegation:
        return memberships.delegate(membership_id=self.object.pk, actor=self.request.user, **form.cleaned_data)


class DelegationEnd(FormPage):
    """Recalls a deputy."""

    model = Delegation
    form_class = EndDelegationForm
    submit_label = gettext_lazy("Recall the deputy")
    success_message = gettext_lazy("The deputy is recalled.")
    object: Delegation

    def get_object_queryset(self) -> Any:
        rows = Delegation.objects.visible_to(self.request.user)
        return rows.select_related("to", "membership__user", "membership__unit")

    def check_access(self) -> None:
        super().check_access()
        memberships.refuse_not_entitled(self.request.user, self.object.membership)

    def get_title(self) -> str:
        return _("Recall the deputy %(name)s") % {"name": self.object.to}

    def get_crumbs(self) -> list[tuple[Any, str]]:
        return [*list_crumb(), (str(self.object.membership), self.get_success_url(None))]

    def get_initial(self) -> dict[str, Any]:
        return {"on": max(clock.today(), self.object.valid_from), "version": self.object.version}

    def get_success_url(self, result: Any) -> str:
        return reverse("units:membership_detail", args=[self.object.membership_id])

    def perform(self, form: Any) -> Delegation:
        return memberships.end_delegation(delegation_id=self.object.pk, actor=self.request.user, **form.cleaned_data)
