"""What the tests of jobs share: kinds that live for one test, and rows."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import factory
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.jobs import kinds
from core.jobs.models import Job
from tests.factories import HouseFactory, UserFactory


class JobFactory(HouseFactory):
    class Meta:
        model = Job

    uuid = factory.LazyFunction(uuid.uuid4)
    kind = "test.kind"
    params_hash = factory.LazyFunction(lambda: uuid.uuid4().hex)
    owner = factory.SubFactory(UserFactory)
    language = "vi"
    error_params = factory.LazyFunction(dict)


def queries_of(page: Any, address: str, table: str) -> int:
    """How many queries a page makes to its own table; what the frame of all pages asks is counted elsewhere."""
    with CaptureQueriesContext(connection) as queries:
        assert page.get(address).status_code == 200
    return sum(f'"{table}"' in query["sql"] for query in queries)


@contextmanager
def kind(run: Callable[[Any], Any], code: str = "test.kind", **given: Any) -> Iterator[str]:
    """A kind of job that exists inside the block."""
    kinds.register(code, **{"title": "Tổng hợp kết quả", **given})(run)
    try:
        yield code
    finally:
        del kinds.KINDS._entries[code]
