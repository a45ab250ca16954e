"""The list of the indicators an office follows."""

from functools import cached_property
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.models import Indicator
from campaigns.queries.followed import Count, counts_of
from campaigns.queries.periods import day_of
from campaigns.texts import target_text
from core.text import format_date
from core.ui.columns import css_attrs
from core.ui.tables import Column, LinkColumn, Table


def place_of(indicator: Indicator) -> str:
    """The campaign and the focus area it stands in."""
    return f"{indicator.campaign} · {indicator.focus_area}"


class FollowedTable(Table):
    """The newest campaign first, then as the plan has them."""

    code = Column(verbose_name=pgettext_lazy("ordinal", "No."), attrs=css_attrs("num", None))
    name = LinkColumn(verbose_name=_("Indicator"), url="campaigns:followed_indicator", note=place_of)
    measure = Column(verbose_name=_("Unit of measure"))
    target = Column(verbose_name=_("Target"), empty_values=(), attrs=css_attrs("num", None))
    pledged = Column(verbose_name=_("Units that pledged"), empty_values=(), attrs=css_attrs("num", None))
    reported = Column(verbose_name=_("Units that reported"), empty_values=(), attrs=css_attrs("num", None))
    period = Column(verbose_name=_("Reporting period"), empty_values=())

    class Meta(Table.Meta):
        orderable = False

    @cached_property
    def counts(self) -> dict[int, Count]:
        """Of the rows of this page, asked at once."""
        user: Any = self.request.user if self.request is not None else None
        return counts_of(self.records, user)

    def render_target(self, record: Indicator) -> str:
        line = self.counts[record.pk].common
        return target_text(record, line.target) if line is not None and line.target is not None else "–"

    def render_pledged(self, record: Indicator) -> str:
        count = self.counts[record.pk]
        return f"{count.pledged}/{count.assigned}"

    def render_reported(self, record: Indicator) -> str:
        count = self.counts[record.pk]
        return "–" if count.period is None else f"{count.reported}/{count.assigned}"

    def render_period(self, record: Indicator) -> SafeString | str:
        period = self.counts[record.pk].period
        if period is None:
            return "–"
        due = _("due on %(day)s") % {"day": format_date(day_of(period.due_at))}
        return format_html('{}<small class="note">{}</small>', period.name, due)
