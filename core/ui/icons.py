"""Icons come from one sprite, built from ``static/icons.txt`` by the set-up step."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "vendor/icons.svg"


def icon(name: str, css: str = "") -> SafeString:
    """An icon beside words; it is hidden from screen readers because the words say the same."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static(SPRITE),
        name,
    )
