"""One line of a pledge kept while it is typed: answers in JSON what the page shows beside it."""

from typing import Any

from campaigns.models import Indicator
from campaigns.queries.pledges import sheet_of
from campaigns.services.pledges import Entry, Outcome, save_lines
from campaigns.typed import read, written
from campaigns.views.joining import OfUnit
from campaigns.views.lines import LineSave
from campaigns.views.pledge import ratio_text
from core.text import nfc


class PledgeLineSave(OfUnit, LineSave):
    """Keeps value and note of one indicator."""

    @property
    def campaign(self) -> Any:
        return self.object.campaign

    def keep(self, indicator: Indicator) -> Outcome:
        post = self.request.POST
        entry = Entry(read(indicator, post.get("value", "")), nfc(post.get("note", "")), post.get("stamp") or None)
        return save_lines(participation_id=self.object.pk, entries={indicator.pk: entry}, actor=self.request.user)

    def answer(self, indicator: Indicator, outcome: Any) -> dict[str, Any]:
        sheet = sheet_of(self.object, outcome.pledge)
        area, line = sheet.line(indicator.pk)
        return {
            "stamp": line.stamp, "text": written(indicator, line.line), "ratio": ratio_text(line),
            "below": bool(line.line and line.line.is_below), "done": line.is_entered,
            "area": f"{area.entered}/{len(area.counted)}", "entered": sheet.entered, "counted": sheet.counted,
            "missing": len(sheet.missing), "version": outcome.pledge.version,
        }  # fmt: skip
