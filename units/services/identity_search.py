"""Finding a person by an identity number, without reading any."""

from django.db import transaction

from accounts.models import User
from core import audit
from units.models import Person
from units.queries import persons_with_posts
from units.services.identity import VIEW, match_code


@transaction.atomic
def find_by_identity(*, number: str, actor: User) -> Person | None:
    """The person who has exactly these digits, if `actor` sees the record and may read its number.

    Whoever finds a person by a number knows it from then on: the finding is entered in the trail as a
    reading is. Nobody is told whether a number outside their rights exists.
    """
    rows = persons_with_posts(Person.objects.visible_to(actor).live())
    person = rows.filter(id_hmac=match_code(number)).first()
    if person is None or not actor.has_perm(VIEW, person):
        return None
    audit.record("person.identity_matched", actor=actor, subject=person)
    return person
