"""Roman numerals, by which groups are counted."""

_VALUES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(number: int) -> str:
    """`number` from 1 on as I, II, III, IV."""
    text = ""
    for value, sign in _VALUES:
        count, number = divmod(number, value)
        text += sign * count
    return text
