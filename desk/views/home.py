"""The front page: what waits for the person, then where they work."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.helping import help_lines
from core.clock import today
from core.ui.views import Page
from desk import campaigns, items
from desk.days import weekday
from desk.registry import rows_for


class Home(Page):
    """The items by urgency, the campaigns behind them, then the places of work. ``?group=`` shows one group whole."""

    template_name = "desk/home.html"
    title = _("To do")

    @property
    def group(self) -> str:
        """The group asked for in the address; empty for the desk itself."""
        code = self.request.GET.get("group", "")
        return code if code in items.NAMES else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, day = self.request.user, today()
        pending = items.pending_of(user)
        late = sum(row.due_on is not None and row.due_on < day for row in pending)
        given: dict[str, Any] = {
            "day": day, "weekday": weekday(day), "groups": items.grouped(pending, self.group), "only_group": self.group,
            "waiting_count": len(pending), "late_count": late,
        }  # fmt: skip
        if not self.group:
            rows, standings = rows_for(user), campaigns.standings_of(user)
            given |= {
                "places": rows, "help_lines": help_lines(), "standings": standings,
                "chart_rows": [row for row in standings if not row.is_draft],
                "own_parts": campaigns.own_parts_of(user), "has_work": bool(pending or rows),
            }  # fmt: skip
        return super().get_context_data(**given, **kwargs)
