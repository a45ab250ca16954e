"""What people are told about their accounts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import notices
from core.notices.kinds import Params


def security_page(_notice: Any) -> str:
    return reverse("accounts:security")


def reset_text(_params: Params) -> str:
    return _("An administrator has reset your two-step sign-in. If you did not ask for it, tell the administrator.")


def locked_text(_params: Params) -> str:
    return _("Somebody gave your password and then several wrong codes. If it was not you, change your password now.")


def greeted(words: str, params: Params) -> str:
    greeting = _("Dear %(name)s,") % {"name": params["name"]}
    return f"{greeting}\n\n{words}\n"


def register_texts() -> None:
    """Called when the application starts."""
    notices.register("second_factor_reset", text=reset_text, url=security_page, icon="shield-lock")
    notices.register("second_factor_locked", text=locked_text, url=security_page, icon="alert-triangle")
    notices.register_mail(
        "second_factor_reset",
        subject=lambda _params: _("Your two-step sign-in was reset"),
        body=lambda params: greeted(reset_text(params), params),
    )
    notices.register_mail(
        "second_factor_locked",
        subject=lambda _params: _("Wrong codes at your account"),
        body=lambda params: greeted(locked_text(params), params),
    )
