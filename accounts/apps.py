from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

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
        audit.register_actions(
            {
                "account.created": _("Account opened"),
                "account.edited": _("Account edited"),
                "account.deactivated": _("Account deactivated"),
                "account.reactivated": _("Account activated again"),
                "account.password_reset": _("New initial password given"),
                "account.password_changed": _("Password changed"),
                "account.locked": _("Locked after wrong tries"),
                "account.code_locked": _("Locked after wrong codes of two-step sign-in"),
                "account.second_factor_set_up": _("Two-step sign-in turned on"),
                "account.second_factor_replaced": _("Two-step sign-in moved to another phone"),
                "account.second_factor_removed": _("Two-step sign-in turned off"),
                "account.second_factor_reset": _("Two-step sign-in reset by an administrator"),
                "account.recovery_codes_renewed": _("New recovery codes made"),
                "account.recovery_code_used": _("Signed in with a recovery code"),
                "account.unlocked": _("Locks opened"),
                "account.signed_in": _("Signed in"),
                "account.signed_out": _("Signed out"),
                "account.other_sessions_ended": _("Signed out of other devices"),
                "account.profile_edited": _("Own data edited"),
                "account.language_chosen": _("Language chosen"),
                "account.working_day_chosen": _("Working day chosen"),
            }
        )
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
