"""The lists of this room."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.text import format_date
from core.ui import states
from core.ui.tables import ActionsColumn, Column, DateColumn, LinkColumn, RowAction, Table
from units.models import Delegation, Household, Membership, Person, Subject, Unit
from units.models.dated import Dated
from units.services.memberships import MANAGE as MANAGE_ROLES


def unit_note(row: Any) -> str:
    """The unit above, which tells units of the same name apart, and the code of that time."""
    code = _("code %(code)s") % {"code": row.code_then} if row.code_then else ""
    return " · ".join(part for part in (row.parent_name_then, code) if part)


class UnitTable(Table):
    """Units as they stood on a day; rows come from `named_on`."""

    name = LinkColumn(
        accessor="name_then",
        url="units:unit_detail",
        note=unit_note,
        note_name=gettext_lazy("Unit above, code"),
        order_by=("sort_key",),
        verbose_name=gettext_lazy("Unit"),
    )
    kind = Column(verbose_name=gettext_lazy("Kind"))
    level = Column(verbose_name=gettext_lazy("Level"))
    opened_on = DateColumn(verbose_name=gettext_lazy("In operation from"))
    closed_on = DateColumn(verbose_name=gettext_lazy("Ceased on"))
    state = Column(empty_values=(), accessor="opened_on", verbose_name=gettext_lazy("State"))

    class Meta(Table.Meta):
        model = Unit
        fields = ("name", "kind", "level", "state", "opened_on", "closed_on")
        sequence = ("name", "kind", "level", "state", "opened_on", "closed_on")
        empty_text = gettext_lazy("No units yet.")

    caption = gettext_lazy("Units")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        self.day = day
        super().__init__(*args, **kwargs)

    def order_state(self, rows: QuerySet[Unit], falling: bool) -> tuple[QuerySet[Unit], bool]:
        """In operation, not yet, ceased."""
        rank = Case(When(opened_on__gt=self.day, then=1), When(closed_on__lte=self.day, then=2), default=0)
        return rows.annotate(state_rank=rank).order_by("-state_rank" if falling else "state_rank"), True

    def render_state(self, record: Unit) -> SafeString:
        return states.chip_of(record.state_on(self.day))


class PersonTable(Table):
    """Persons as placed on a day; rows come from `placed_on`."""

    name = LinkColumn(
        accessor="full_name", url="units:person_detail", order_by=("sort_key",), verbose_name=gettext_lazy("Full name")
    )
    birth_year = Column(verbose_name=gettext_lazy("Year of birth"))
    post = Column(accessor="post_then", verbose_name=gettext_lazy("Post"))
    unit = Column(accessor="unit_name_then", verbose_name=gettext_lazy("Unit"))
    residence = Column(verbose_name=gettext_lazy("Residence"))

    class Meta(Table.Meta):
        model = Person
        fields = ("name", "birth_year", "post", "unit", "residence")
        empty_text = gettext_lazy("No individuals yet.")

    caption = gettext_lazy("Individuals")

    def order_unit(self, rows: QuerySet[Person], falling: bool) -> tuple[QuerySet[Person], bool]:
        """By the unit's name; whoever serves nowhere today comes last."""
        keys = Unit.objects.filter(pk=OuterRef("unit_then_id")).values("sort_key")
        return rows.annotate(unit_key=Subquery(keys)).order_by("-unit_key" if falling else "unit_key"), True


class HouseholdTable(Table):
    name = LinkColumn(url="units:household_detail", order_by=("sort_key",), verbose_name=gettext_lazy("Household"))
    head = Column(
        accessor="head__full_name", order_by=("head__sort_key",), verbose_name=gettext_lazy("Head of the household")
    )
    unit = Column(accessor="unit__name", order_by=("unit__sort_key",), verbose_name=gettext_lazy("Unit"))

    class Meta(Table.Meta):
        model = Household
        fields = ("name", "head", "unit")
        empty_text = gettext_lazy("No households yet.")

    caption = gettext_lazy("Households")


class GroupTable(Table):
    name = LinkColumn(
        accessor="group_name", url="units:group_edit", order_by=("search",), verbose_name=gettext_lazy("Group")
    )
    group_kind = Column(verbose_name=gettext_lazy("Kind"))
    organiser = Column(
        accessor="organiser__name",
        order_by=("organiser__sort_key",),
        verbose_name=gettext_lazy("Unit keeping the record"),
    )

    class Meta(Table.Meta):
        model = Subject
        fields = ("name", "group_kind", "organiser")
        empty_text = gettext_lazy("No groups yet.")

    caption = gettext_lazy("Groups")


def period_chip(row: Dated, day: date) -> SafeString:
    """Whether a dated row holds on `day`, and if not yet or no longer, since when."""
    if row.holds_on(day):
        return states.chip(_("In force"), states.Look("met", "circle-check"))
    if row.withdrawn:
        return states.chip(_("Withdrawn"), states.Look("draft", "archive"))
    if row.valid_from > day:
        return states.chip(_("From %(day)s") % {"day": format_date(row.valid_from)}, states.Look("waiting", "clock"))
    return states.chip(_("No longer in force"), states.Look("draft", "archive"))


class MembershipTable(Table):
    user = LinkColumn(
        accessor="user__full_name",
        url="units:membership_detail",
        note=lambda row: row.user.username,
        note_name=gettext_lazy("User name"),
        order_by=("user__sort_key",),
        verbose_name=gettext_lazy("Account"),
    )
    role = Column(verbose_name=gettext_lazy("Role"))
    unit = Column(accessor="unit__name", order_by=("unit__sort_key",), verbose_name=gettext_lazy("Unit"))
    valid_from = DateColumn(verbose_name=gettext_lazy("From"))
    valid_to = DateColumn(verbose_name=gettext_lazy("Until before"))
    deputies = Column(empty_values=(), verbose_name=gettext_lazy("Deputies"))
    state = Column(empty_values=(), accessor="valid_from", verbose_name=gettext_lazy("State"))
    actions = ActionsColumn()

    class Meta(Table.Meta):
        model = Membership
        fields = ("user", "role", "unit", "valid_from", "valid_to", "deputies", "state")
        sequence = ("user", "role", "unit", "valid_from", "valid_to", "state", "deputies", "actions")
        empty_text = gettext_lazy("Nobody holds a role yet.")

    caption = gettext_lazy("Roles")

    def order_deputies(self, rows: QuerySet[Membership], falling: bool) -> tuple[QuerySet[Membership], bool]:
        """By the name of the first; roles without a deputy come last."""
        names = Delegation.objects.on(clock.today()).filter(membership=OuterRef("pk")).order_by("to__sort_key", "pk")
        rows = rows.annotate(deputy_key=Subquery(names.values("to__sort_key")[:1]))
        return rows.order_by("-deputy_key" if falling else "deputy_key"), True

    def order_state(self, rows: QuerySet[Membership], falling: bool) -> tuple[QuerySet[Membership], bool]:
        """In force, from a later day, no longer."""
        day = clock.today()
        rank = Case(When(valid_from__gt=day, then=1), When(valid_to__lte=day, then=2), default=0)
        return rows.annotate(state_rank=rank).order_by("-state_rank" if falling else "state_rank"), True

    def render_unit(self, record: Membership) -> str:
        above = record.unit.parent
        return f"{record.unit.name}, {above.name_inside}" if above else record.unit.name

    def render_deputies(self, record: Any) -> str:
        return ", ".join(str(row.to) for row in record.deputies) or "–"

    def render_state(self, record: Membership) -> SafeString:
        return period_chip(record, clock.today())

    def actions_for(self, user: Any, rows: Sequence[Membership]) -> Mapping[Any, Sequence[RowAction]]:
        """End a role: who grants them. Name a deputy: they, and whoever holds the role."""
        manages, day = user.has_perm(MANAGE_ROLES), clock.today()
        actions: dict[Any, list[RowAction]] = {}
        for row in rows:
            live = not row.over_on(day)
            if live and (manages or row.user_id == user.pk):
                address = reverse("units:delegation_create", args=[row.pk])
                actions.setdefault(row.pk, []).append(RowAction(_("Name a deputy"), address, icon="user-plus"))
            if live and manages:
                address = reverse("units:membership_end", args=[row.pk])
                actions.setdefault(row.pk, []).append(RowAction(_("End"), address, icon="user-off"))
        return actions
