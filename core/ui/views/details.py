"""The page of one record."""

from typing import Any

from core.ui.views.base import Page
from core.ui.views.lists import PageAction


class DetailPage(Page):
    """A record as the person may see it: `object` in the template."""

    template_name = "ui/detail.html"

    def get_title(self) -> Any:
        return self.title or str(self.object)

    def get_page_actions(self) -> list[PageAction]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"page_actions": self.get_page_actions(), **kwargs})
