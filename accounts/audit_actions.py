"""What is told in the trail of accounts: the code of each act and its words."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
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
