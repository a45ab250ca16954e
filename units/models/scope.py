"""The bridge from the tables to today's rights, so that `visible_to` can stand on the querysets."""

from typing import TYPE_CHECKING

from accounts.models import User

if TYPE_CHECKING:
    from units.seats import Seat


def seat(user: User) -> "Seat":
    """What `user` is today."""
    from units.seats import seat_of  # noqa: PLC0415 -- seats read these tables, so they import them first

    return seat_of(user)
