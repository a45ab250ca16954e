"""What the lists and pages of this room read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Prefetch, Q, QuerySet, When

from accounts.models import User
from core.text import search_words
from units.enums import SubjectKind
from units.models import (
    Appointment,
    Delegation,
    Household,
    Membership,
    Person,
    Subject,
    Succession,
    Unit,
    UnitParent,
    in_force,
)
from units.reach import line_of
from units.seats import seat_of


def choosable_units(user: User, permission: str, day: date) -> QuerySet[Unit]:
    """Units in operation on `day` for whose records `user` holds `permission`, in official order."""
    places = seat_of(user).places_for(permission)
    return Unit.objects.filter(pk__in=places).open_on(day).select_related("parent").in_official_order()


def units_below(unit: Unit, user: User, day: date) -> QuerySet[Unit]:
    """Units directly below on `day`, as named then, that `user` may open."""
    links = UnitParent.objects.on(day).filter(parent=unit).values("unit")
    return Unit.objects.visible_to(user).filter(pk__in=links).named_on(day).in_official_order()


def successions_of(unit: Unit) -> tuple[list[Succession], list[Succession]]:
    """Those that came before the unit and those that came after it."""
    before = unit.precessions.select_related("predecessor__parent")
    after = unit.successions.select_related("successor__parent")
    return list(before), list(after)


def roles_in(unit: Unit, user: User, day: date) -> QuerySet[Membership]:
    """Roles held in the unit on `day`, as far as `user` may see them."""
    return Membership.objects.visible_to(user).filter(unit=unit).on(day).select_related("user").order_by("role", "pk")


def people_in(unit: Unit, user: User, day: date) -> QuerySet[Person]:
    """Persons serving in the unit on `day`, as far as `user` may see them."""
    serving = Appointment.objects.on(day).filter(unit=unit).values("person")
    return Person.objects.visible_to(user).live().filter(pk__in=serving).placed_on(day).by_given_name()


def persons_with_posts(rows: QuerySet[Person]) -> QuerySet[Person]:
    """Loads what a row's rights and place are read from."""
    return rows.select_related("organiser").prefetch_related(
        Prefetch("appointments", Appointment.objects.select_related("unit__parent"))
    )


def roles_for_table(rows: QuerySet[Membership], day: date) -> QuerySet[Membership]:
    """With user and unit, and the deputies of the day under `deputies`."""
    standing = Delegation.objects.on(day).select_related("to").order_by("to__sort_key", "pk")
    return rows.select_related("user", "unit__parent").prefetch_related(
        Prefetch("delegations", standing, to_attr="deputies")
    )


def fit_accounts(user: User, day: date) -> QuerySet[User]:
    """Accounts that may hold a role, of those `user` knows: all for an administrator, else colleagues in reach."""
    fit: QuerySet[User] = User.objects.filter(is_active=True, is_administrator=False)
    if not user.is_administrator:
        reading = seat_of(user).readable_units()
        role = Membership.objects.on(day).filter(unit__in=reading).values("user")
        post = Appointment.objects.on(day).filter(unit__in=reading, person__user__isnull=False)
        fit = fit.filter(Q(pk__in=role) | Q(pk__in=post.values("person__user")))
    return fit.order_by("sort_key", "pk")


def holders_of(role: str, unit_ids: Iterable[int], day: date) -> QuerySet[User]:
    """Active users who hold `role` in one of the units on `day`, as themselves or as deputies."""
    own = Q(pk__in=Membership.objects.on(day).filter(role=role, unit__in=unit_ids).values("user"))
    named = Delegation.objects.on(day).filter(
        in_force(day, "membership__"), membership__role=role, membership__unit__in=unit_ids
    )
    found: QuerySet[User] = User.objects.filter(own | Q(pk__in=named.values("to")), is_active=True)
    return found.order_by("sort_key", "pk")


@dataclass(frozen=True)
class Candidate:
    """Somebody or something that could be nominated: `ref` is what `subject_by_ref` takes."""

    ref: str
    text: str
    note: str


MOST = 20


def find_subjects(user: User, words: str, *, day: date, kinds: Iterable[str] = SubjectKind.values) -> list[Candidate]:
    """Units, persons, households and groups that `user` may see and whose name holds all `words`.

    At most twenty of each kind; those of the same name are told apart by unit and year of birth.
    """
    finders: dict[str, Any] = {
        SubjectKind.PERSON: _find_persons,
        SubjectKind.UNIT: _find_units,
        SubjectKind.HOUSEHOLD: _find_households,
        SubjectKind.GROUP: _find_groups,
    }
    wanted = set(kinds)
    return [found for kind, find in finders.items() if kind in wanted for found in find(user, words, day)]


def having(rows: Any, words: str) -> Any:
    """`rows` whose search key holds every one of `words`."""
    for word in search_words(words):
        rows = rows.filter(search__contains=word)
    return rows


def _find_persons(user: User, words: str, day: date) -> Iterable[Candidate]:
    rows = having(Person.objects.visible_to(user).live(), words).placed_on(day).by_given_name()[:MOST]
    for row in rows:
        yield Candidate(f"person:{row.pk}", row.full_name, person_note(row))


def person_note(row: Any) -> str:
    """Year of birth, post and unit of a person from `placed_on`, or where they live."""
    place = ", ".join(part for part in (row.post_then, row.unit_name_then) if part) or row.residence
    return " · ".join(str(part) for part in (row.birth_year, place) if part)


def _find_units(user: User, words: str, day: date) -> Iterable[Candidate]:
    rows = having(Unit.objects.visible_to(user), words).open_on(day).named_on(day).in_official_order()
    if not words:  # before anything is typed: those one works for, then those above
        own = Q(pk__in=line_of(seat_of(user).all_unit_ids, day))
        rows = rows.order_by(Case(When(own, then=0), default=1), *rows.query.order_by)
    for row in rows[:MOST]:
        yield Candidate(f"unit:{row.pk}", row.name_then, row.parent_name_then or "")


def _find_households(user: User, words: str, day: date) -> Iterable[Candidate]:
    rows = having(Household.objects.visible_to(user), words).select_related("unit")
    for row in rows.order_by("sort_key", "pk")[:MOST]:
        yield Candidate(f"household:{row.pk}", row.name, row.unit.name)


def _find_groups(user: User, words: str, day: date) -> Iterable[Candidate]:
    rows = having(Subject.objects.visible_to(user).filter(kind=SubjectKind.GROUP), words).select_related("organiser")
    for row in rows.order_by("group_name", "pk")[:MOST]:
        yield Candidate(f"group:{row.pk}", row.group_name, row.organiser.name if row.organiser else "")
