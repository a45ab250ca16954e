"""The words of the mail of what waits."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import notices
from core.notices.kinds import Params
from desk.services.digests import CODE


def subject(params: Params) -> str:
    """How much waits, and how much of it is overdue."""
    said = ngettext("%(count)s thing waits for you", "%(count)s things wait for you", params["count"]) % params
    if not params["late"]:
        return said
    return said + ngettext(", %(late)s overdue", ", %(late)s overdue", params["late"]) % params


def line(row: Params) -> str:
    """One item: title, then the day, then the reason."""
    due = ""
    if row["due"]:
        due = (_("overdue since %(due)s") if row["late"] else _("by %(due)s")) % row
    title = f"- {row['title']}" + (f" ({due})" if due else "")
    return f"{title}\n  {row['why']}" if row["why"] else title


def body(params: Params) -> str:
    rows = "\n".join(line(row) for row in params["rows"])
    more = params["count"] - len(params["rows"])
    parts = [_("Dear %(name)s,") % params, _("These things wait for you today:"), rows]
    if more > 0:
        parts.append(ngettext("and %(count)s more.", "and %(count)s more.", more) % {"count": more})
    parts += [
        _("Sign in and open “To do”: each has a button that leads on."),
        _("How often this mail comes, or that it does not, you choose under “My account”."),
    ]
    return "\n\n".join(parts) + "\n"


def register_texts() -> None:
    """Called when the application starts."""
    notices.register_mail(CODE, subject=subject, body=body)
