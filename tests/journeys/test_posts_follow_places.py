"""An estate moves to another street: those who work for it go on doing so, the old street's officers let go, the new one's take over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from linzhi.domains.bodies import commands as bodies
from linzhi.domains.bodies import handlers, queries
from linzhi.domains.bodies.commands import FollowPlace, follow_place
from linzhi.domains.bodies.models import PostArea, ServiceArea
from linzhi.domains.places import commands as places
from linzhi.domains.places.events import DivisionEnded, PlaceMoved
from linzhi.domains.places.models import Estate
from linzhi.domains.requests import queries as requests
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import commands as accounts
from linzhi.foundation.outbox.delivery import deliver_all
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import covers
from linzhi.kernel.actor import Person
from linzhi.kernel.refused import NotAllowed
from tests.support.small_county import BEGIN, SETUP, SIGN_UP

if TYPE_CHECKING:
    from tests.support.small_county import County

pytestmark = pytest.mark.django_db
REPORTED, MOVED = BEGIN + timedelta(days=20), BEGIN + timedelta(days=30)
EVE, AFTER = MOVED - timedelta(days=1), MOVED + timedelta(hours=1)
STAY = ("grid_worker", "building_head", "branch_secretary", "committee_member", "property_handler")
LOSE = ("street_dispatcher", "community_worker", "party_officer", "street_party_officer")


@dataclass
class Moved:
    """The county with its first estate in a new street; `request` was reported there before, `dispatcher` works at the new street."""

    county: County
    street: Territory
    old: str
    request: int
    dispatcher: int

    @property
    def path(self) -> str:
        """Where the estate is now."""
        return Estate.objects.get(pk=self.county.estate.pk).path

    def may(self, role: str) -> bool:
        """Whether somebody may see the request once everything is delivered."""
        return bool(Powers(self.county.actor(role), AFTER).decide("requests.view", requests.sent(self.request)))

    def roles(self, role: str, day: object = AFTER) -> dict[str, list[str]]:
        """What the account behind a role may do where, at a moment."""
        found = Powers(self.county.actor(role), day).grants  # type: ignore[arg-type]
        return {name: sorted(grant.path for grant in grants) for name, grants in found.items()}


def new_street(county: County) -> tuple[Territory, int]:
    """A street with a community, an office and somebody who dispatches there; returns it and the account."""
    for parent, level, code, name in (
        ("99020301", "street", "99020301009", "新街道"),
        ("99020301009", "community", "99020301009001", "新社区"),
    ):
        cmd = places.AddDivision.model_validate({"parent": parent, "level": level, "code": code, "name": name})
        places.add_division(SETUP, cmd, at=BEGIN)
    office = bodies.found_body(SETUP, bodies.FoundBody(place="99020301009", kind="street_office", name="新街道办事处"), at=BEGIN)
    post = bodies.create_post(SETUP, bodies.CreatePost(body_id=office.pk, kind="street_dispatcher"), at=BEGIN)
    account = accounts.register(SIGN_UP, accounts.Register(username="new-dispatcher", name="新调"), at=BEGIN).pk
    bodies.appoint(SETUP, bodies.Appoint(post_id=post.pk, name="新调", basis="任命文件", account_id=account), at=BEGIN)
    return Territory.objects.get(code="99020301009"), account


@pytest.fixture
def moved(county: County) -> Moved:
    """The estate hangs under the new community since MOVED, and everybody has heard of it."""
    street, dispatcher = new_street(county)
    request = county.report("resident", at=REPORTED)
    old = county.estate.path
    cmd = places.MoveDivision(code=county.estate.code, to="99020301009001", basis="区政府〔2025〕3号")
    places.move_division(SETUP, cmd, at=MOVED)
    deliver_all(AFTER)
    return Moved(county, street, old, request.pk, dispatcher)


def areas() -> list[tuple[object, ...]]:
    """Every area of a post and every grant, as they are kept."""
    return [*PostArea.objects.order_by("pk").values_list(), *Grant.objects.order_by("pk").values_list()]


def test_those_who_work_for_the_estate_still_do_and_the_streets_change_hands(moved: Moved) -> None:
    assert covers(moved.street.path, moved.path)
    for role in STAY:
        # A firm sees of the requests only those that were given to it.
        assert moved.may(role) or role == "property_handler", role
    assert {role: moved.may(role) for role in LOSE} == dict.fromkeys(LOSE, False)
    assert Powers(Person(moved.dispatcher), AFTER).decide("requests.view", requests.sent(moved.request))
    assert moved.roles("branch_secretary") == {"branch_secretary": [moved.path]}
    assert moved.roles("committee_member") == {"committee_member": [moved.path]}
    assert moved.roles("property_handler") == {"property_handler": [moved.path]}
    building = requests.sent(moved.request).path
    assert moved.roles("building_head") == {"building_head": [building]} and covers(moved.path, building)
    assert moved.roles("grid_worker") == {"grid_worker": sorted([moved.path, moved.county.other_estate.path])}


def test_the_day_before_is_answered_as_it_was(moved: Moved) -> None:
    old = moved.old
    assert moved.roles("branch_secretary", EVE) == {"branch_secretary": [old]}
    assert moved.roles("grid_worker", EVE) == {"grid_worker": sorted([old, moved.county.other_estate.path])}
    assert moved.roles("street_dispatcher", EVE) == moved.roles("street_dispatcher")
    account = moved.county.accounts["branch_secretary"].pk
    assert [held.paths for held in queries.posts_of(account, EVE)] == [(old,)]
    assert [held.paths for held in queries.posts_of(account, AFTER)] == [(moved.path,)]
    then = {card.title: card.name for card in queries.contacts(moved.path, EVE)}
    now = {card.title: card.name for card in queries.contacts(moved.path, AFTER)}
    assert then["社区受理岗"] == "白社" and "社区受理岗" not in now
    assert {**now, "社区受理岗": "白社"} == then
    assert now["党支部书记"] == "党正" and now["楼栋长"] == "楼好"


def test_hearing_of_it_twice_or_late_changes_nothing(moved: Moved) -> None:
    kept = areas()
    event = PlaceMoved(moved.county.estate.territory_id, moved.old, moved.path, MOVED.date().isoformat())
    for at in (MOVED, AFTER, AFTER + timedelta(days=3)):
        handlers.follow_move(event, at)
    assert areas() == kept
    with pytest.raises(NotAllowed):
        cmd = FollowPlace(territory_id=moved.county.estate.territory_id, path=moved.old)
        follow_place(moved.county.actor("administrator"), cmd, at=AFTER)


def test_two_moves_heard_of_after_both_lead_to_where_the_place_is(county: County) -> None:
    new_street(county)
    home, old = county.community.code, county.estate.path
    for to, at in (("99020301009001", MOVED), (home, MOVED + timedelta(days=10))):
        places.move_division(SETUP, places.MoveDivision(code=county.estate.code, to=to, basis="区政府文件"), at=at)
    last = MOVED + timedelta(days=11)
    deliver_all(last)
    path = Estate.objects.get(pk=county.estate.pk).path
    assert path != old
    for role in STAY:
        [grants] = Powers(county.actor(role), last).grants.values()
        assert all(covers(path, grant.path) or grant.path == county.other_estate.path for grant in grants), role
        assert any(covers(path, grant.path) for grant in grants), role
    assert not PostArea.objects.filter(path__startswith=old, end=None).exists()


def test_power_over_a_merged_street_ends_and_over_what_lay_in_it_goes_on(county: County) -> None:
    street, dispatcher = new_street(county)
    helpers = bodies.found_body(SETUP, bodies.FoundBody(place=county.territory.code, kind="social_organisation", name="邻里社"), at=BEGIN)
    bodies.set_service_area(SETUP, bodies.SetServiceArea(body_id=helpers.pk, places=(county.street.code,)), at=REPORTED)
    request = county.report("resident", at=REPORTED)
    gone = county.street
    places.merge_divisions(SETUP, places.MergeDivisions(into=street.code, merged=(gone.code,), basis="区政府〔2025〕3号"), at=MOVED)
    for _ in range(2):
        deliver_all(AFTER)
        handlers.follow_end(DivisionEnded(gone.pk, gone.path, MOVED.date().isoformat()), MOVED)
    for role in ("street_dispatcher", "street_party_officer"):
        assert Powers(county.actor(role), AFTER).grants == {}, role
        assert Powers(county.actor(role), EVE).grants != {}, role
    path = requests.sent(request.pk).path
    for role in (*STAY, "community_worker", "party_officer", "county_officer"):
        [grants] = Powers(county.actor(role), AFTER).grants.values()
        assert any(covers(grant.path, path) for grant in grants), role
    assert Powers(Person(dispatcher), AFTER).decide("requests.view", requests.sent(request.pk))
    assert not PostArea.objects.filter(path=gone.path, end=None).exists()
    assert not Grant.objects.filter(path=gone.path, post_id__isnull=False, end=None).exists()
    assert list(ServiceArea.objects.filter(body=helpers).values_list("end", flat=True)) == [MOVED.date()]


def test_a_post_made_at_an_ended_division_has_no_power(county: County) -> None:
    street, _dispatcher = new_street(county)
    cmd = places.MergeDivisions(into=street.code, merged=(county.street.code,), basis="区政府〔2025〕3号")
    places.merge_divisions(SETUP, cmd, at=MOVED)
    deliver_all(AFTER)
    office = county.bodies["street_office"].pk
    late = bodies.create_post(SETUP, bodies.CreatePost(body_id=office, kind="street_dispatcher", title="后来的岗"), at=AFTER)
    assert not PostArea.objects.filter(post=late).exists()
