from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from accounts.audit_actions import ACTIONS
from core import audit
from core.ui import navigation


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Tell the floors below what this one has: audited acts, notices, destinations of the frame."""
        from accounts.permissions import MANAGE  # noqa: PLC0415 -- models exist only from here on
        from accounts.second_factor_rule import check_setting  # noqa: PLC0415
        from accounts.telling import register_texts  # noqa: PLC0415
        from core.ui import listings  # noqa: PLC0415

        checks.register(check_setting)
        register_texts()
        listings.register("accounts:account_list", title=_("List of accounts"), permission=MANAGE)
        audit.register_actions(ACTIONS)
        self.enter_menu()

    @staticmethod
    def enter_menu() -> None:
        """The destinations of the frame and of the person's own menu."""
        navigation.register_link("sign_out", "accounts:sign_out")
        navigation.register_link("language", "accounts:language")
        navigation.register_link("working_day", "accounts:working_day")
        navigation.register(
            "accounts", label=_("Accounts"), icon="users", url_name="accounts:account_list",
            visible=is_administrator, order=900,
        )  # fmt: skip
        navigation.register(
            "profile", label=_("My account"), icon="user", url_name="accounts:profile", place="account", order=10,
        )  # fmt: skip
        navigation.register(
            "password", label=_("Change password"), icon="key", url_name="accounts:password_change",
            place="account", order=20,
        )  # fmt: skip
        navigation.register(
            "security", label=_("Security"), icon="shield-lock", url_name="accounts:security",
            place="account", order=25,
        )  # fmt: skip


def is_administrator(user: Any) -> bool:
    """Whether the menu shows what administrators work on."""
    return bool(user.is_active and user.is_administrator)
