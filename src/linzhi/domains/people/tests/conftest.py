import pytest

from linzhi.domains.people.jobs import ship_texts
from linzhi.domains.places.tests.ground import AT, SmallCounty


@pytest.fixture
def text(ground: SmallCounty) -> None:
    """The shipped text of consent to the directory of skills, published on AT."""
    ship_texts(AT)
