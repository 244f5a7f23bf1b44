import pytest

from linzhi.domains.places.tests.ground import SmallCounty, make_ground


@pytest.fixture
def ground(db: None) -> SmallCounty:
    """A small county with two communities."""
    return make_ground()
