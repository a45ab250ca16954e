"""The lines above the table and below it: issuer, national name, title, filters; place, date, signatures."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from core.sheets.lines import Line, Span, halves, spread, style
from core.sheets.model import TitleBlock
from core.sheets.styles import Role
from core.sheets.texts import clean, cut
from core.text import format_date, format_long_date

SIGNING_ROOM = 3  # empty lines for signature and seal


def heading(block: TitleBlock, title_suffix: str, widths: Sequence[float], limit: int) -> Iterator[Line]:
    """The title block as lines over columns of `widths`."""
    (left_first, left_last), (right_first, right_last) = halves(widths, 2)
    left, right = left_lines(block), right_lines(block)
    for number in range(max(len(left), len(right))):
        spans = []
        if number < len(left) and left[number][1]:
            role, text = left[number]
            spans.append(Span(left_first, left_last, fit(text, limit), style(role)))
        if number < len(right) and right[number][1]:
            role, text = right[number]
            spans.append(Span(right_first, right_last, fit(text, limit), style(role)))
        yield spread(spans, widths)
    yield from whole_lines(block, title_suffix, widths, limit)


def left_lines(block: TitleBlock) -> list[tuple[Role, str]]:
    """Role and text of the lines at the left: parent body, issuing body, number and symbol."""
    lines: list[tuple[Role, str]] = [("parent", str(block.parent).upper())] if block.parent else []
    lines.append(("issuer", str(block.issuer).upper()))
    if block.symbol:
        lines.append(("symbol", _("No.: %(symbol)s") % {"symbol": block.symbol}))
    return lines


def right_lines(block: TitleBlock) -> list[tuple[Role, str]]:
    """Role and text of the lines at the right: national name and motto with place and date, or the form's number."""
    if block.form_lines:
        return [("form", str(text)) for text in block.form_lines]
    lines: list[tuple[Role, str]] = [
        ("national", _("SOCIALIST REPUBLIC OF VIET NAM")),
        ("motto", _("Independence - Freedom - Happiness")),
    ]
    if dated := place_and_day(block):
        lines.append(("place", dated))
    return lines


def place_and_day(block: TitleBlock) -> str:
    """ "Châu Thành, ngày 20 tháng 10 năm 2024"."""
    if block.day is None:
        return ""
    day = format_long_date(block.day)
    return f"{block.place}, {day}" if block.place else day[:1].upper() + day[1:]


def whole_lines(block: TitleBlock, title_suffix: str, widths: Sequence[float], limit: int) -> Iterator[Line]:
    """The lines over the whole width: title, period with its last day, filters, unit of measure."""
    last = len(widths) - 1
    texts: list[tuple[Role, str]] = [("title", (str(block.title) + title_suffix).upper())]
    as_of = _("(figures up to %(day)s)") % {"day": format_date(block.as_of)} if block.as_of else ""
    if period := " ".join(filter(None, (str(block.period), as_of))):
        texts.append(("period", period))
    if block.filters:
        texts.append(("filters", "; ".join(f"{label}: {value}" for label, value in block.filters)))
    yield Line([None] * len(widths), height=8)
    for role, text in texts:
        yield spread([Span(0, last, fit(text, limit), style(role))], widths)
    measure = _("Unit of measure: %(unit)s") % {"unit": block.unit_of_measure} if block.unit_of_measure else ""
    if measure:
        yield spread([Span(0, last, fit(measure, limit), style("unit", "right"))], widths)
    else:
        yield Line([None] * len(widths), height=8)


def signing(block: TitleBlock, widths: Sequence[float], limit: int) -> Iterator[Line]:
    """The signature block, each signer over their share of the columns; nothing if nobody signs."""
    if not block.signatures:
        return
    runs = halves(widths, len(block.signatures))
    yield Line([None] * len(widths), height=10)
    if block.form_lines and (dated := place_and_day(block)):
        yield spread([Span(*runs[-1], fit(dated, limit), style("place"))], widths)

    def row(role: Role, texts: list[str]) -> Line:
        spans = [Span(*run, fit(t, limit), style(role)) for run, t in zip(runs, texts, strict=True) if t]
        return spread(spans, widths)

    yield row("signer", [str(s.title).upper() for s in block.signatures])
    yield row("hint", [str(s.hint) for s in block.signatures])
    for _number in range(SIGNING_ROOM):
        yield Line([None] * len(widths), height=18)
    yield row("signer", [str(s.name) for s in block.signatures])


def fit(text: str, limit: int) -> str:
    return cut(clean(text), limit)
