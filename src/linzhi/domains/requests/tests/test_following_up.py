"""A closed request that somebody else than its reporter says isn't over: a request of its own, tied to the old one."""

from __future__ import annotations

import pytest
from django.test import Client

from linzhi.domains.requests.commands import Follow, follow
from linzhi.domains.requests.models import Request
from linzhi.domains.requests.tests.acts import act, to_be_looked_at
from tests.support.api_client import Api

pytestmark = pytest.mark.django_db


def as_person(county, role: str) -> Api:
    return Api(county.sign_in(Client(), role))


def telling(county, **more):
    return {"place_code": county.building.code, "text": "楼道灯不亮了，晚上看不见。"} | more


class TestFollowingUp:
    def closed(self, county):
        made = to_be_looked_at(county, county.report())
        act(county, "resident", "confirm_solved", made)
        return act(county, "resident", "rate", made, stars=4)

    def test_a_follower_of_a_closed_request_reports_that_it_is_not_solved(self, county):
        made = county.report()
        follow(county.actor("neighbour"), Follow(request_id=made.pk))
        to_be_looked_at(county, made)
        act(county, "resident", "confirm_solved", made)
        act(county, "resident", "rate", made, stars=4)
        neighbour = as_person(county, "neighbour")
        refused = neighbour.post(f"/requests/{made.pk}/reopen", {"say": "还是不亮"})
        assert refused.status in (403, 404), "the round is between its reporter and the handler"
        answer = neighbour.post("/requests", telling(county, text="楼道灯还是不亮", earlier_id=made.pk))
        assert answer.status == 201
        fresh = Request.objects.get(pk=answer.body["id"])
        assert (fresh.earlier_id, fresh.matter.step) == (made.pk, "accept")
        assert Request.objects.get(pk=made.pk).matter.closed_at is not None
        seen = as_person(county, "community_worker").get(f"/requests/{fresh.pk}").body
        assert seen["earlier_id"] == made.pk
        note = as_person(county, "community_worker").get(f"/requests/{fresh.pk}/history").body[-1]["note"]
        assert made.number in note
        for one, other in ((made, fresh), (fresh, made)):
            assert other.title in county.sign_in(Client(), "community_worker").get(f"/desk/requests/{one.pk}/").content.decode()

    def test_what_is_still_open_is_followed_instead(self, county):
        made = county.report()
        answer = as_person(county, "neighbour").post("/requests", telling(county, earlier_id=made.pk))
        assert (answer.code, answer.body["field"]) == ("requests.earlier_open", "earlier_id")

    def test_a_request_that_the_asker_may_not_see_or_elsewhere_is_not_there(self, county):
        hidden = county.report(public=False)
        act(county, "resident", "withdraw", hidden)
        shown = self.closed(county)
        neighbour = as_person(county, "neighbour")
        assert neighbour.post("/requests", telling(county, earlier_id=hidden.pk)).code == "requests.earlier"
        elsewhere = telling(county, earlier_id=shown.pk, place_code=county.other_estate.code)
        assert neighbour.post("/requests", elsewhere).code == "requests.earlier"
        assert neighbour.post("/requests", telling(county, earlier_id=10**9)).code == "requests.earlier"

    def test_following_a_closed_one_says_what_to_do_instead(self, county):
        made = self.closed(county)
        refused = as_person(county, "neighbour").post(f"/requests/{made.pk}/follow", {})
        assert refused.code == "requests.closed"
        assert "再报一件" in refused.body["detail"]
