"""Small drawings: shares of a whole. Widths are SVG attributes, since style attributes are not allowed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.errors import Text

GAP = 0.15


@dataclass(frozen=True)
class Share:
    """One part of a whole: its tone (as of a state), its name and its count."""

    tone: str
    label: Text
    count: int


def shares(parts: Sequence[Share], *, total: int | None = None, thin: bool = False) -> SafeString:
    """A bar of the parts in proportion; its spoken name gives every figure."""
    whole = total if total is not None else sum(part.count for part in parts)
    drawn = []
    start = 0.0
    for part in parts:
        width = 100 * part.count / whole if whole else 0.0
        if width:
            drawn.append((part.tone, f"{start:.3f}", f"{max(width - GAP, 0.1):.3f}"))
        start += width
    rects = format_html_join("", '<rect class="share-{}" x="{}%" y="0" width="{}%" height="100%"></rect>', drawn)
    spoken = ", ".join(f"{part.label} {part.count}" for part in parts)
    return format_html(
        '<svg class="shares{}" role="img" aria-label="{}" preserveAspectRatio="none">{}</svg>',
        " shares-thin" if thin else "", spoken, rects,
    )  # fmt: skip


def legend(parts: Sequence[Share]) -> SafeString:
    """The parts' names with their counts, for where no label fits into the bar."""
    items = format_html_join(
        "", '<li class="legend-item legend-{}">{} <strong class="figures">{}</strong></li>',
        ((part.tone, part.label, part.count) for part in parts),
    )  # fmt: skip
    return format_html('<ul class="legend">{}</ul>', items)
