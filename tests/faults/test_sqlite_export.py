"""A form is posted in the middle of a 100,000-row export on SQLite."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.jobs.enums import JobState
from core.jobs.models import Job
from core.notices.models import Notice
from tests.faults import kinds  # noqa: F401 -- registers them in this process too
from tests.faults.house import House

pytestmark = pytest.mark.workers
ROWS = 100_000


def fill_inbox(house: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
            INSERT INTO notices_notice (recipient_id, code, params, target_type, target_id, created_at)
            SELECT %s, 'job_succeeded', '{"kind": "faults.export"}', 'jobs.job', i, '2024-10-20 00:00:00' FROM n
            """,
            [ROWS, house.owner.pk],
        )


def test_a_form_is_saved_while_an_export_reads(house: House):
    fill_inbox(house)
    house.worker()
    job = house.enqueue("faults.export")
    house.until_held(job)
    client = Client()
    client.force_login(house.owner)
    answer = client.post(reverse("notices:read_all"), {"up_to": ROWS})
    assert answer.status_code == 302
    assert not Notice.objects.unread().exists()
    assert Job.objects.get(pk=job.pk).state == JobState.RUNNING
    house.open_gate()
    job = house.until_ended(job)
    assert (job.attempts, job.done) == (1, ROWS)
    text = house.kept_files()[0].read_text()
    assert text.count("unread") == ROWS  # all of one moment: the one at which the export began
