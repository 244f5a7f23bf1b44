"""Every action for every role: on their own place, on another place, and for somebody not signed in.

The expectation is `matrix.csv`, a table to be read by people: `own` means on what lies in the role's own place (or what
is the person's own), `all` everywhere, `-` never. An action without a row fails, and so does a row without an action.
To change what a role may do, change the table first.
"""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from linzhi.domains.bodies.models import Body, BodyLink, CandidateReview, Post
from linzhi.domains.compliance.models import DepartmentTask, Finding
from linzhi.domains.requests import commands as do
from linzhi.domains.requests.models import Request
from linzhi.foundation.access.actions import all_actions
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.consents.commands.subject import Subject
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.notify.models import Delivery, Message
from linzhi.foundation.territory.models import Territory
from linzhi.policy.models import EnteredValue
from tests.support.small_county import BEGIN, County

TABLE = Path(__file__).with_name("matrix.csv")
AT = BEGIN + timedelta(days=30)
ROLES = (
    "anonymous", "resident", "owner", "grid_worker", "building_head", "property_handler", "committee_member", "branch_secretary",
    "community_worker", "street_dispatcher", "department_handler", "county_officer", "administrator",
    "party_officer", "street_party_officer", "county_party_officer",
)  # fmt: skip


class Subjects:
    """What an action is asked about: here, and in the county next door."""

    def __init__(self, county: County) -> None:
        assert county.elsewhere is not None
        near = county.report("resident", at=AT, anonymous=False)
        do.accept(county.actor("community_worker"), do.Accept(request_id=near.pk), at=AT)
        bodies = [county.bodies["property_company"].pk, county.bodies["department"].pk]
        do.dispatch(county.actor("community_worker"), do.Dispatch(request_id=near.pk, body_id=bodies[0]), at=AT)
        do.sign(county.actor("property_handler"), do.Sign(request_id=near.pk), at=AT)
        do.invite_joint(county.actor("property_handler"), do.InviteJoint(request_id=near.pk, body_id=bodies[1]), at=AT)
        far = county.report("foreign_officer", place_code=county.elsewhere.code, at=AT, public=False)
        self.public = [Request.objects.select_related("matter").get(pk=pk) for pk in (near.pk, far.pk)]
        for request in self.public:
            request.public = True
        self.requests = [Request.objects.select_related("matter").get(pk=pk) for pk in (near.pk, far.pk)]
        for request in self.requests:
            request.public = False
        self.places = [county.building.territory, Territory.objects.get(code=county.elsewhere.code)]
        self.accounts = [county.accounts["resident"], county.accounts["foreign_officer"]]
        self.holdings = [county.holdings["committee_member"], county.holdings["foreign_officer"]]
        self.messages = [
            Message(account_id=account.pk, place=place.path) for account, place in zip(self.accounts, self.places, strict=True)
        ]
        self.deliveries = [Delivery(message=message) for message in self.messages]
        self.subjects = [
            Subject(f"accounts.account:{account.pk}", account.pk, place.path)
            for account, place in zip(self.accounts, self.places, strict=True)
        ]
        self.bodies = [Body(kind="party_branch", path=place.path) for place in self.places]
        self.posts = [Post(kind="branch_secretary", path=place.path) for place in self.places]
        self.links = [BodyLink(body=body) for body in self.bodies]
        self.reviews = [
            CandidateReview(path=place.path, account_id=account.pk) for account, place in zip(self.accounts, self.places, strict=True)
        ]
        self.findings = [Finding(path=place.path, room="") for place in self.places]
        self.tasks = [
            DepartmentTask(path=place.path, room="", body_id=body)
            for place, body in zip(self.places, (county.bodies["department"].pk, 0), strict=True)
        ]
        self.entered = [
            EnteredValue(path=place.path, level="estate", proposed_by=account.pk)
            for account, place in zip(self.accounts, self.places, strict=True)
        ]
        self.files = [StoredFile(uploaded_by=account.pk) for account in self.accounts]

    def of(self, action: str) -> list[Any]:
        """The two subjects of an action, near and far: of the kind that its command loads."""
        special = {
            "requests.view_public": self.public, "requests.follow": self.public,
            **dict.fromkeys(("compliance.view_finding", "compliance.excuse_finding", "compliance.view_campaign", "compliance.open_campaign",
                             "compliance.close_campaign", "compliance.note_scheduling"), self.findings),
            **dict.fromkeys(("compliance.set_department_task", "compliance.finish_department_task", "compliance.view_department_task"),
                            self.tasks),
            "bodies.end_holding": self.holdings,
            "notify.mark_read": self.messages, "notify.retry_delivery": self.deliveries, "files.discard": self.files,
            "rights.erase": self.accounts, "rights.export": self.accounts,
            "consents.give": self.subjects, "consents.withdraw": self.subjects,
            "bodies.create_post": self.posts, "bodies.appoint": self.posts, "bodies.unlink_bodies": self.links,
            **dict.fromkeys(("bodies.found_body", "bodies.revise_body", "bodies.link_bodies", "bodies.begin_term"), self.bodies),
            **dict.fromkeys(("bodies.stand_as_candidate", "bodies.object_to_review", "bodies.view_candidates"), self.reviews),
        }  # fmt: skip
        areas = {"requests": self.requests, "flow": self.requests, "accounts": self.accounts, "policy": self.entered}
        return special.get(action) or areas.get(action.split(".")[0], self.places)


def measured(county: County) -> dict[str, dict[str, str]]:
    subjects = Subjects(county)
    table: dict[str, dict[str, str]] = {}
    for action in all_actions():
        near, far = subjects.of(action.code)
        row = table[action.code] = {}
        for role in ROLES:
            powers = Powers(county.actor(role), AT)
            here, there = bool(powers.decide(action.code, near)), bool(powers.decide(action.code, far))
            row[role] = "all" if here and there else "own" if here else "far" if there else "-"
    return table


@pytest.mark.django_db
def test_every_action_and_role_is_as_the_table_says(county: County) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        expected = {row.pop("action"): row for row in csv.DictReader(file)}
    found = measured(county)
    assert sorted(set(found) - set(expected)) == [], "actions without a row in matrix.csv"
    assert sorted(set(expected) - set(found)) == [], "rows of matrix.csv without an action"
    differing = {
        f"{action} {role}: table {expected[action][role]}, code {found[action][role]}"
        for action in found
        for role in ROLES
        if expected[action][role] != found[action][role]
    }
    assert not differing, "\n".join(sorted(differing))


@pytest.mark.django_db
def test_nobody_but_anyone_reaches_another_county(county: County) -> None:
    for action, row in measured(county).items():
        assert "far" not in row.values(), action
        beyond = {role for role, reach in row.items() if reach == "all"}
        everywhere = ("desk.", "accounts.", "notify.retry_delivery", "consents.publish_text")
        open_to_all = {"anonymous", "resident"} & beyond or action.startswith(everywhere)
        assert not beyond or open_to_all, (action, beyond)
