"""What of nominations waits for whom."""

import pytest

from awards.models import Nomination
from awards.queries.waiting import lines_to_mend, waiting_letters
from catalogue.services import load_catalogue
from core import clock
from desk.waiting import address_of_nominations, count_nominations
from tests.awards.nominating import DAY, begun, line, opened, sent, taken_in
from tests.campaigns.world import build_committee
from units.services.subjects import subject_for

pytestmark = pytest.mark.django_db


def test_letters_and_lines_wait_for_those_whose_turn_it_is():
    with clock.on_day(DAY):
        load_catalogue()
        committee = build_committee()
        officer, head, body = committee.unit_officers[0], committee.heads[0], committee.officer
        letter = begun(committee, opened(committee))
        assert not waiting_letters(head).exists()
        row = line(letter, subject_for(unit=committee.communes[0]), officer)
        assert [count_nominations(user) for user in (officer, head, body)] == [0, 1, 0]
        assert address_of_nominations(head).endswith(f"/submissions/{letter.pk}/")
        letter = sent(letter, head)
        assert [count_nominations(user) for user in (officer, head, body)] == [0, 0, 1]
        other = begun(committee, letter.round, 1)
        line(other, subject_for(unit=committee.communes[1]), committee.unit_officers[1])
        taken_in(other, committee.heads[1], body)
        Nomination.objects.filter(pk=row.pk).update(state="more_asked")
        assert list(lines_to_mend(officer)) == [row]
        assert not lines_to_mend(body).exists()
        assert not lines_to_mend(committee.heads[1]).exists()
