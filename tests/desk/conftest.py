from tests.units.conftest import world  # noqa: F401 -- the country on which questions of right are tried
