from collections.abc import Iterator

import pytest

from tests.reports.sample import UnitList, in_catalogue
from tests.units.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def _unit_list() -> Iterator[None]:
    with in_catalogue(UnitList):
        yield
