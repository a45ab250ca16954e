"""The front page: what waits for the person, then where they work."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.helping import help_lines
from core.clock import today
from core.ui.views import Page
from desk.registry import rows_for

WEEKDAYS = (
    pgettext_lazy("day of the week", "Monday"),
    pgettext_lazy("day of the week", "Tuesday"),
    pgettext_lazy("day of the week", "Wednesday"),
    pgettext_lazy("day of the week", "Thursday"),
    pgettext_lazy("day of the week", "Friday"),
    pgettext_lazy("day of the week", "Saturday"),
    pgettext_lazy("day of the week", "Sunday"),
)


def weekday(day: date) -> Any:
    """The name of the day of the week."""
    return WEEKDAYS[day.weekday()]


class Home(Page):
    template_name = "desk/home.html"
    title = _("To do")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = rows_for(self.request.user)
        waiting = [row for row in rows if row.count]
        day = today()
        return super().get_context_data(
            **kwargs,
            day=day,
            weekday=weekday(day),
            waiting=waiting,
            waiting_count=sum(row.count or 0 for row in waiting),
            places=[row for row in rows if not row.count],
            help_lines=help_lines(),
        )
