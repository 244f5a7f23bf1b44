"""Who may be given a request: bodies whose posts work off dispatches, an owners' committee among them."""

from __future__ import annotations

import pytest
from django.test import Client

from linzhi.domains.requests.tests.acts import act
from linzhi.foundation.territory.models import Territory
from tests.support.api_client import Api

pytestmark = pytest.mark.django_db


def as_person(county, role: str) -> Api:
    return Api(county.sign_in(Client(), role))


class TestCommittee:
    def test_the_owners_committee_handles_what_it_is_given_and_another_member_or_the_community_checks_it(self, county):
        Territory.objects.filter(pk=county.territory.pk).update(pack="cn-sichuan-guangan-huaying")
        made, committee = county.report(text="电梯广告的钱去哪了", category="elevator.advert"), county.bodies["owners_committee"].pk
        act(county, "grid_worker", "respond", made)
        act(county, "grid_worker", "dispatch", made, body_id=committee)
        member = as_person(county, "committee_member")
        assert "requests.give_feedback" in [one["act"] for one in member.get(f"/requests/{made.pk}").body["acts"]]
        assert member.post(f"/requests/{made.pk}/give_feedback", {"say": "账已经贴在公告栏"}).body["step"] == "supervise"
        assert member.post(f"/requests/{made.pk}/verify", {}).code == "flow.same_person"
        assert as_person(county, "community_worker").post(f"/requests/{made.pk}/verify", {}).body["step"] == "close"

    @pytest.mark.parametrize("body", ["party_branch", "county_office"])
    def test_a_body_without_anybody_who_works_off_dispatches_is_given_none(self, county, body):
        made = act(county, "community_worker", "accept", county.report())
        worker = as_person(county, "community_worker")
        refused = worker.post(f"/requests/{made.pk}/dispatch", {"body_id": county.bodies[body].pk})
        assert (refused.code, refused.body["field"]) == ("requests.body", "body_id")
        page = county.sign_in(Client(), "community_worker").get(f"/desk/requests/{made.pk}/?act=requests.dispatch").content.decode()
        assert f'<option value="{county.bodies[body].pk}"' not in page
        assert f'<option value="{county.bodies["owners_committee"].pk}"' in page
