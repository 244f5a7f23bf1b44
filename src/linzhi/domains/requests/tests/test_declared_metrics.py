"""Figures of requests by name: what is settled inside the estate, what was handled in time, what is late now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linzhi.domains.places.tests.figures import told
from linzhi.domains.requests.tests.acts import act, to_be_looked_at
from linzhi.flow.models import Clock
from linzhi.kernel import clock

if TYPE_CHECKING:
    from tests.support.small_county import County


def test_what_a_department_handled_was_not_settled_inside_the_estate(county: County) -> None:
    inside, outside = county.report(), county.report(text="门口的马路塌了一块，很危险。")
    to_be_looked_at(county, inside)
    act(county, "resident", "confirm_solved", inside)
    act(county, "community_worker", "accept", outside)
    act(county, "community_worker", "dispatch", outside, body_id=county.bodies["department"].pk)
    act(county, "department_handler", "sign", outside)
    act(county, "department_handler", "give_feedback", outside, say="补好了。")
    act(county, "community_worker", "verify", outside)
    act(county, "resident", "confirm_solved", outside)
    at, estate = clock.now() + timedelta(minutes=1), county.estate.path
    assert told("estate.received_30", county.territory.path, at) == {estate: 2}
    assert told("estate.ended_30", county.territory.path, at) == told("estate.solved_30", county.territory.path, at) == {estate: 2}
    assert told("estate.settled_inside_30", county.territory.path, at) == {estate: 1}
    assert told("estate.handed_30", county.territory.path, at) == {estate: 2}
    assert told("estate.returned_30", county.territory.path, at) == {}
    assert told("estate.requests_open", county.territory.path, at).get(estate, 0) == 2  # still to be followed up
    assert told("county.ended_30", county.territory.path, at + timedelta(days=31)) == {}


def test_a_limit_counts_in_the_stretch_in_which_it_fell_due_and_a_late_one_against(county: County) -> None:
    kept, late = county.report(), county.report(text="单元门关不上了。")
    to_be_looked_at(county, kept)
    act(county, "community_worker", "accept", late)
    due = Clock.objects.filter(matter__request=kept, key="step:handle").get().due_at
    assert due is not None
    path, estate = county.territory.path, county.estate.path
    after = due + timedelta(days=1)
    assert told("estate.handling_due_90", path, due - timedelta(minutes=1)) == {}
    assert told("estate.handling_due_90", path, after) == told("estate.handling_kept_90", path, after) == {estate: 1}
    assert told("estate.requests_overdue", path, after)[estate] >= 1
    assert told("estate.requests_overdue", path, clock.now()) == {}
    Clock.objects.filter(matter__request=kept, key="step:handle").update(kept=False)
    assert told("estate.handling_kept_90", path, after) == {estate: 0}


def test_ratings_of_four_and_five_stars_are_satisfied(county: County) -> None:
    for stars in (5, 3):
        request = county.report(text=f"楼道灯不亮了，第{stars}次说。")
        to_be_looked_at(county, request)
        act(county, "resident", "confirm_solved", request)
        act(county, "resident", "rate", request, stars=stars)
    at = clock.now() + timedelta(minutes=1)
    assert told("street.rated_90", county.territory.path, at) == {county.street.path: 2}
    assert told("street.satisfied_90", county.territory.path, at) == {county.street.path: 1}
