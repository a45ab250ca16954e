"""Bases of pages. Views carry no rule; services carry every write."""

from core.ui.views.base import Page, to_sign_in
from core.ui.views.details import DetailPage
from core.ui.views.lists import ListPage, PageAction, Tile
from core.ui.views.posts import ActionView, FormPage, PostPage
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
