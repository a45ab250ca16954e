"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_perm  # type: ignore[attr-defined]
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.names import USERNAME_PATTERN, fold_username, normal_password
from core.text.fields import SearchKeyField, SortKeyField
from core.text.models import KeyedModel
from core.text.querysets import KeyedQuerySet


class Digest(models.TextChoices):
    """How often somebody wants a mail of what waits for them."""

    DAILY = "daily", _("Every working day")
    WEEKLY = "weekly", _("Every Monday")
    NEVER = "never", pgettext_lazy("digest", "Never")


class UserQuerySet(KeyedQuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        """Accounts `user` may read: an administrator all of them, everybody else their own."""
        if user.is_active and user.is_administrator:
            return self.all()
        return self.filter(pk=user.pk)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(username=fold_username(username or ""))
        return found


class User(AbstractBaseUser, KeyedModel):
    """An account. It carries no rights: those come from dated memberships (units) through rules.

    There is no superuser and no staff flag: a superuser would pass even the rule that always denies.
    `password_expires_at` is set only while the password is an initial one, handed over by an
    administrator: after that moment it no longer opens the account.
    """

    username = models.CharField(
        _("user name"),
        max_length=150,
        unique=True,
        validators=[
            RegexValidator(
                USERNAME_PATTERN,
                _("Use letters without accents, digits, and . - _ after the first character."),
            )
        ],
    )
    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_administrator = models.BooleanField(_("system administrator"), default=False)
    must_change = models.BooleanField(_("must change the password"), default=False)
    password_set_at = models.DateTimeField(null=True, blank=True)
    password_expires_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=5, default="vi")
    digest = models.CharField(_("mail of what waits"), max_length=6, choices=Digest, default=Digest.WEEKLY)
    working_day = models.DateField(_("working day"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=0)
    search = SearchKeyField(source=("full_name", "username", "email", "phone"))
    sort_key = SortKeyField(source="full_name", person=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        ordering = ("username",)
        indexes = [models.Index(fields=["sort_key"])]

    def __str__(self) -> str:
        return self.full_name or self.username

    def clean(self) -> None:
        super().clean()
        self.username = fold_username(self.username)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether a rule grants `perm`, for `obj` where one is given. Inactive accounts have nothing."""
        return self.is_active and _user_has_perm(self, perm, obj)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(None if raw_password is None else normal_password(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(None if raw_password is None else normal_password(raw_password))

    def get_full_name(self) -> str:
        return self.full_name
