"""One definition answers for one object and for a list; every answer has a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from linzhi.foundation.access.actions import Action, Rule, for_signed_in
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.access.scopes import Mine, OwnBody, Within
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import ANONYMOUS, App, Person

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
ESTATE, OTHER = "0000100001", "0000100002"

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(monkeypatch: pytest.MonkeyPatch) -> str:
    rules = (Rule("grid_worker", Within("path"), never=(OwnBody("parent_id"),)), *for_signed_in(Mine("pk")))
    from linzhi.foundation.access import actions

    monkeypatch.setitem(actions._actions, "test.act", Action("test.act", "试试", rules))
    return "test.act"


@pytest.fixture
def places() -> dict[str, Territory]:
    def make(code: str, path: str) -> Territory:
        return Territory.objects.create(code=code, name=code, level="estate", path=path, begin=AT.date())

    return {code: make(code, path) for code, path in (("in", ESTATE), ("deep", ESTATE + "00001"), ("out", OTHER))}


def grant(account: int, path: str = ESTATE, **more: object) -> Grant:
    defaults = {"role": "grid_worker", "begin": AT - timedelta(days=1), "end": None, "body_id": 7, "post_id": 3}
    return Grant.objects.create(account_id=account, path=path, **{**defaults, **more})


def test_power_over_a_place_reaches_everything_below_it_and_nothing_beside(action: str, places: dict[str, Territory]) -> None:
    grant(500)
    powers = Powers(Person(500), AT)
    assert [name for name, place in places.items() if powers.decide(action, place)] == ["in", "deep"]
    assert {t.code for t in Territory.objects.filter(powers.visible(action))} == {"in", "deep"}


def test_a_grant_counts_from_its_first_moment_until_before_its_last(action: str, places: dict[str, Territory]) -> None:
    grant(500, begin=AT, end=AT + timedelta(hours=1))
    answers = [bool(Powers(Person(500), AT + timedelta(minutes=m)).decide(action, places["in"])) for m in (-1, 0, 59, 60)]
    assert answers == [False, True, True, False]


def test_an_exception_takes_the_object_out_of_the_list_as_well(action: str, places: dict[str, Territory]) -> None:
    grant(500, body_id=places["out"].pk)
    Territory.objects.filter(pk=places["in"].pk).update(parent=places["out"])
    powers = Powers(Person(500), AT)
    hidden = Territory.objects.get(pk=places["in"].pk)
    assert not powers.decide(action, hidden)
    assert "in" not in {t.code for t in Territory.objects.filter(powers.visible(action))}
    assert "deep" in {t.code for t in Territory.objects.filter(powers.visible(action))}


def test_every_answer_says_why(action: str, places: dict[str, Territory]) -> None:
    grant(500)
    yes = Powers(Person(500), AT).decide(action, places["in"])
    assert yes.basis.startswith("grant:") and "post:3" in yes.basis
    assert "不在您的范围内" in Powers(Person(500), AT).decide(action, places["out"]).reason
    assert "请先登录" in Powers(ANONYMOUS, AT).decide(action, places["in"]).reason


def test_a_token_reaches_only_its_scopes(action: str, places: dict[str, Territory]) -> None:
    grant(500)
    assert Powers(App(500, "x", frozenset({"test.*"})), AT).decide(action, places["in"])
    narrow = Powers(App(500, "x", frozenset({"other.act"})), AT)
    assert not narrow.decide(action, places["in"])
    assert not Territory.objects.filter(narrow.visible(action)).exists()


def test_the_list_and_the_single_answer_never_differ(action: str, places: dict[str, Territory]) -> None:
    grant(500, path=OTHER)
    grant(501, path=ESTATE + "00001")
    for actor in (Person(500), Person(501), Person(places["in"].pk), Person(999), ANONYMOUS):
        powers = Powers(actor, AT)
        listed = set(Territory.objects.filter(powers.visible(action)).values_list("pk", flat=True))
        assert listed == {place.pk for place in Territory.objects.all() if powers.decide(action, place)}


def test_the_explanation_names_the_rule_that_holds(action: str, places: dict[str, Territory]) -> None:
    grant(500)
    verdicts = Powers(Person(500), AT).explain(action, places["in"])
    assert [v.holds for v in verdicts] == [True, False]
    assert all(v.why for v in verdicts)
