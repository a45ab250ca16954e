"""Bases of pages. Views carry no rule; services carry every write."""

from core.ui.views.acts import ActionView
from core.ui.views.base import Page, to_sign_in
from core.ui.views.details import DetailPage
from core.ui.views.filling import FormPage
from core.ui.views.lists import ListPage, PageAction, Tile
from core.ui.views.posts import PostPage
from core.ui.views.suggest import SuggestView

__all__ = [
    "ActionView",
    "DetailPage",
    "FormPage",
    "ListPage",
    "Page",
    "PageAction",
    "PostPage",
    "SuggestView",
    "Tile",
    "to_sign_in",
]
