"""Tags and filters of the house; they are built in, no template needs to load them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware

from core.clock import ZONE
from core.text import format_date, format_number
from core.ui import drawings, icons, states, tabs

register = template.Library()
DASH = "–"


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """``{% icon "flag" %}`` draws an icon of the sprite."""
    return icons.icon(name, css)


@register.filter
def vn_number(value: Decimal | int | None, places: int | None = None) -> str:
    """``{{ n|vn_number:2 }}`` writes 1.234,50; nothing becomes a dash."""
    return DASH if value is None or value == "" else format_number(value, places)


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """``{{ d|vn_date }}`` writes 30/11/2024, in Việt Nam's time; nothing becomes a dash."""
    if not value:
        return DASH
    return format_date(local_day(value))


@register.filter
def vn_time(value: datetime | None) -> str:
    """``{{ t|vn_time }}`` writes 14:26 30/11/2024."""
    if not value:
        return DASH
    local = value.astimezone(ZONE) if is_aware(value) else value
    return f"{local:%H:%M} {format_date(local.date())}"


def local_day(value: date | datetime) -> date:
    """The day in Việt Nam."""
    if isinstance(value, datetime):
        return (value.astimezone(ZONE) if is_aware(value) else value).date()
    return value


class StateNode(template.Node):
    """Draws the chip of a state; a plain text from the database finds its enum through the record."""

    def __init__(self, expression: FilterExpression) -> None:
        self.expression = expression

    def render(self, context: Context) -> SafeString:
        value = self.expression.resolve(context)
        if value is None or value == "":
            return SafeString("")
        if hasattr(value, "label"):
            return states.chip_of(value)
        record, _dot, name = str(self.expression.token).rpartition(".")
        owner = template.Variable(record).resolve(context) if record else None
        member = states.member_of(owner, name) if owner is not None else None
        if member is None:
            raise TemplateSyntaxError(f"{self.expression.token!r} is no state of a registered enum.")
        return states.chip_of(member)


@register.tag
def state_chip(parser: Parser, token: Token) -> StateNode:
    """``{% state_chip obj.state %}``: colour and word and icon."""
    parts = token.split_contents()
    if len(parts) != 2:
        raise TemplateSyntaxError("state_chip takes one state.")
    return StateNode(parser.compile_filter(parts[1]))


@register.simple_tag
def chip(tone: states.Tone, word: str, icon_name: str = "") -> SafeString:
    """``{% chip "late" text %}``: a chip for a fact that is no stored state, such as being late."""
    return states.chip(word, states.Look(tone, icon_name or states.ICONS[tone]))


@register.simple_tag
def shares(parts: Any, total: int | None = None, *, thin: bool = False) -> SafeString:
    """``{% shares parts %}``: a bar of `drawings.Share` parts in proportion."""
    return drawings.shares(parts, total=total, thin=thin)


@register.simple_tag
def legend(parts: Any) -> SafeString:
    """``{% legend parts %}``: the names and counts of the same parts."""
    return drawings.legend(parts)


@register.simple_tag
def crumb(label: Any, url: str = "") -> SafeString:
    """One step of the path to the page: ``{% crumb _("Campaigns") url %}``."""
    if not url:
        return format_html('<li class="crumb">{}</li>', label)
    return format_html('<li class="crumb"><a href="{}">{}</a></li>', url, label)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The page's query with some names set, or dropped where the value is None or empty."""
    parameters: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"


@register.simple_tag(takes_context=True)
def here(context: Context, **changes: Any) -> str:
    """The page's whole address with some names of its query set or dropped."""
    return f"{context['request'].path}{query(context, **changes)}"


@register.simple_tag(takes_context=True)
def query_one(context: Context, name: str, value: Any) -> str:
    """The page's query with one name set and the page number dropped."""
    return str(query(context, **{"page": None, name: value}))


@register.simple_tag(takes_context=True)
def query_page(context: Context, field: str, number: int | None) -> str:
    """The address of another page of the same list."""
    return str(query(context, **{field: number}))


@register.simple_tag(takes_context=True)
def query_sort(context: Context, table: Any, order: str) -> str:
    """The address of the same list in another order, from its first page."""
    return str(query(context, **{table.prefixed_page_field: None, table.prefixed_order_by_field: order}))


@register.inclusion_tag("ui/_tabs.html", takes_context=True)
def page_tabs(context: Context, page: str, record: Any, active: str = "") -> dict[str, Any]:
    """``{% page_tabs "campaign" campaign "units" %}``: the registered tabs of a page."""
    return {"tabs": tabs.tabs_for(page, record, context["request"].user, active)}


@register.inclusion_tag("ui/_pager.html", takes_context=True)
def pager(context: Context, page_obj: Any, page_field: str = "page") -> dict[str, Any]:
    """The links below a list, and the choice of how many rows a page has."""
    request = context["request"]
    return {
        "page_obj": page_obj,
        "page_field": page_field,
        "numbers": page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1),
        "sizes": settings.PAGE_SIZES if hasattr(request, "list_preference") else (),
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def field_of(form: Any, name: str) -> Any:
    """The bound field `name` of a form, for templates that lay out fields by name."""
    return form[name]


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """A value of a mapping under a key that is itself a variable."""
    return mapping.get(key)
