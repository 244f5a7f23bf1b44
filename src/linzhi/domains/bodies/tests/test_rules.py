import pytest

from linzhi.domains.bodies.rules import ANSWERING_KINDS, BODY_KINDS, CARD_ORDER, POST_KINDS, span_label
from linzhi.foundation.access.actions import all_roles


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([], ""),
        (["3幢"], "3幢"),
        (["1幢", "2幢"], "1幢、2幢"),
        (["1幢", "2幢", "3幢"], "1–3幢"),
        (["10幢", "9幢", "8幢"], "8–10幢"),
        (["1幢", "2幢", "4幢"], "1幢、2幢、4幢"),
        (["1幢", "2栋", "3幢"], "1幢、2栋、3幢"),
        (["甲栋", "乙栋", "丙栋"], "甲栋、乙栋、丙栋"),
    ],
)
def test_buildings_are_said_as_a_span(numbers: list[str], said: str) -> None:
    assert span_label(numbers) == said


def test_every_role_comes_from_a_post_and_every_post_has_a_body_to_sit_in() -> None:
    assert {kind.role for kind in POST_KINDS.values()} - {""} == set(all_roles())
    assert {body for kind in POST_KINDS.values() for body in kind.bodies} <= set(BODY_KINDS)
    assert set(ANSWERING_KINDS.values()) <= set(BODY_KINDS)


def test_every_public_post_has_its_place_among_the_cards() -> None:
    assert {code for code, kind in POST_KINDS.items() if kind.public} == set(CARD_ORDER)
