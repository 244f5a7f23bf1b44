"""Where a request stands, in residents' words: the method's own, also for steps that only one county has."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from linzhi.domains.requests import queries
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.pages.case_story import promised
from linzhi.flow import library
from linzhi.flow.models import Matter, MethodVersion
from linzhi.kernel import clock
from linzhi.policy.methods import load_methods

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.small_county import County

pytestmark = pytest.mark.django_db


def in_method(made: Request, digest: str, change: Callable[[dict[str, Any]], None]) -> Request:
    """The request under another text of its method, as another county's pack may have it; its first step is called `kiosk` there."""
    body = copy.deepcopy(made.matter.version.body)
    body["steps"][0]["id"] = body["first"] = "kiosk"
    for step in body["steps"]:
        for act in step["acts"]:
            act["to"] = "kiosk" if act["to"] == "accept" else act["to"]
    for act in body["anywhere"]:
        act["at_steps"] = act["at_steps"] and ["kiosk" if step == "accept" else step for step in act["at_steps"]]
    change(body["steps"][0])
    MethodVersion.objects.create(digest=digest, key="x/own", title="本区办法", source="test", body=body, first_used=clock.now())
    Matter.objects.filter(pk=made.matter_id).update(version_id=digest, step="kiosk")
    made.matter.clocks.filter(key="step:accept").update(key="step:kiosk")
    return Request.objects.select_related("matter", "matter__version").get(pk=made.pk)


def test_a_county_words_the_steps_of_its_own_method(county: County) -> None:
    made = in_method(county.report(), "own", lambda step: step.update(for_resident="亭子里的人在看", promise="有人来看"))
    assert queries.state_of(made, own=True).step == queries.state_of(made, own=False).step == "亭子里的人在看"
    assert [one.doing for one in promised(made, clock.now())] == ["有人来看"]


def test_a_version_from_before_methods_had_words_for_residents_shows_its_own_titles(county: County) -> None:
    made = in_method(county.report(), "old", lambda step: step.update(for_resident=None, promise=None))
    assert queries.state_of(made, own=True).step == "受理"
    assert [one.doing for one in promised(made, clock.now())] == ["受理"]


def test_every_step_that_ships_speaks_to_residents_and_every_limit_promises_something() -> None:
    for method in (method for method in map(library.method, load_methods()) if method.subject == "requests.request"):
        key = method.id
        assert all(step.for_resident for step in method.steps if not step.final), key
        assert all(step.promise for step in method.steps if step.within), key
        assert all(limit.promise for limit in method.limits), key
