import pytest

from linzhi.domains.people.jobs import ship_texts
from linzhi.domains.places.tests.ground import AT, SmallCounty, make_ground


@pytest.fixture
def ground(db: None) -> SmallCounty:
    """A small county with two communities."""
    return make_ground()


@pytest.fixture
def text(db: None) -> None:
    """The shipped text of consent to the directory of skills, published on AT."""
    ship_texts(AT)
