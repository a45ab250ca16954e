"""Rights of users: what somebody is, where, from when to when, and by which document."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from units.enums import Role
from units.models.dated import LASTING, DatedQuerySet, Withdrawable
from units.models.scope import seat


class MembershipQuerySet(DatedQuerySet["Membership"]):
    def visible_to(self, user: User) -> Self:
        """All for the administrator, who grants them; otherwise one's own and those in units in reach."""
        if user.is_active and user.is_administrator:
            return self
        return self.filter(models.Q(user=user) | models.Q(unit__in=seat(user).readable_units()))


class Membership(Withdrawable):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("account")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="memberships", verbose_name=_("unit"))
    document = models.CharField(_("by document"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta(Withdrawable.Meta):
        verbose_name = _("role of a user")
        indexes = [
            models.Index(fields=["user", "valid_to"], name="membership_user"),
            models.Index(fields=["unit", "role", "valid_to"], name="membership_unit"),
        ]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "role", "unit", "valid_from"], condition=LASTING, name="membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit.name}"


class DelegationQuerySet(DatedQuerySet["Delegation"]):
    def visible_to(self, user: User) -> Self:
        """Delegations to the user, and those of the roles they may see."""
        roles = Membership.objects.visible_to(user).order_by().values("pk")
        return self.filter(models.Q(to=user) | models.Q(membership__in=roles))


class Delegation(Withdrawable):
    """A deputy acts in somebody's role for a while. It ends with the role it comes from."""

    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("role")
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("deputy")
    )
    document = models.CharField(_("by document"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = DelegationQuerySet.as_manager()

    class Meta(Withdrawable.Meta):
        verbose_name = _("delegation")
        indexes = [models.Index(fields=["to", "valid_to"], name="delegation_to")]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "to", "valid_from"], condition=LASTING, name="delegation_once"
            ),
        ]

    @property
    def unit_id(self) -> int:
        return self.membership.unit_id
