"""What each role sees of a person, field by field, through every door: pages, API, exports, queries, and what may be opened.

To read the table: `masked` (136****0001), `open` the same and opened for a purpose that is logged, `whole` as it is kept, `-` nothing.
Nobody sees a sealed value in clear without a purpose; that is checked for every door as well.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

import linzhi.domains.people.registers  # noqa: F401 - they declare themselves
from linzhi.config.api.instance import api
from linzhi.domains.people import commands as do
from linzhi.domains.people import queries
from linzhi.domains.people.jobs import ship_texts
from linzhi.domains.people.models import Membership, Ownership, Person
from linzhi.domains.places.models import Dwelling
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.register import register_of
from linzhi.kernel.clock import now
from tests.access.test_matrix import ROLES
from tests.support.small_county import BEGIN, County

NAME, PHONE, SEAT, CERTIFICATE, SKILL = "慕容听雨", "13655550001", "云桥市第三机械厂退休支部", "浙（2020）不动产权第0098765号", "会修古琴"
CLEAR = (NAME, PHONE, SEAT, CERTIFICATE)
# What tells that a door shows the field.
MARKS = {
    "name": "慕***", "phone": "136****0001", "home": "2幢1单元301", "share": "1/3", "certificate": "浙（****", "membership": "云桥****",
    "skill": SKILL,
}  # fmt: skip
FIELDS = tuple(MARKS)
NOTHING = ("-",) * len(FIELDS)
NEIGHBOUR = (*NOTHING[:-1], "whole")  # whoever is signed in finds a skill, and not whose it is
ROOM = ("open", "open", "whole", "-", "-", "open", "whole")

TABLE: dict[str, tuple[str, ...]] = {
    #                      name      phone     home     share    certificate  membership  skill
    "the person": ("masked", "masked", "whole", "whole", "masked", "masked", "whole"),
    "anonymous": NOTHING,
    "grid_worker": ("open", "open", "whole", "whole", "-", "-", "whole"),
    "community_worker": ("open", "open", "whole", "whole", "open", "-", "whole"),
    "branch_secretary": ROOM,
    "party_officer": ROOM,
}


@pytest.fixture
def person(county: County) -> Person:
    """Somebody with a home, a third of it, a certificate, a membership, a skill and an account."""
    room = Dwelling.objects.select_related("building").get(building__estate=county.estate, building__number="2幢", room="301")
    worker, place, dwelling = county.actor("community_worker"), room.building.code, room.pk
    lives = do.ResidentRow(dwelling_id=dwelling, name=NAME, phone=PHONE, begin=date(2025, 1, 6))
    do.record_residents(worker, do.RecordResidents(place=place, rows=(lives,)), at=BEGIN)
    owns = do.OwnerRow(dwelling_id=dwelling, name=NAME, denominator=3, certificate=CERTIFICATE, begin=date(2025, 1, 6))
    do.record_owners(worker, do.RecordOwners(place=place, rows=(owns,)), at=BEGIN)
    found = Ownership.objects.get(dwelling=room).person
    assert found is not None
    do.link_account(worker, do.LinkAccount(person_id=found.pk, account_id=county.accounts["neighbour"].pk, how="in_person"), at=BEGIN)
    member = do.MemberRow(person_id=found.pk, kind="seated", standing="probationary", seat=SEAT)
    at = BEGIN + timedelta(days=1)
    do.record_memberships(county.actor("branch_secretary"), do.RecordMemberships(estate=county.estate.code, rows=(member,)), at=at)
    ship_texts(BEGIN)
    offer = do.OfferSkill(person_id=found.pk, estate=county.estate.code, field="维修", words=SKILL, agreed=True)
    do.offer_skill(county.actor("neighbour"), offer, at=at)
    found.refresh_from_db()
    return found


def doors(county: County, person: Person, role: str) -> str:
    """Everything that a role gets without naming a purpose."""
    actor = county.actor(role)
    client = Client() if role == "anonymous" else county.sign_in(Client(), role)
    here, member, title = f"?place={county.estate.code}", Membership.objects.get().pk, Ownership.objects.get(person=person).pk
    pages = [f"/desk/people/{path}" for path in (
        here, f"{here}&q=2幢1单元301", f"{person.pk}/", f"{person.pk}/open/", f"alike/{here}", f"members/{here}", f"members/{member}/edit/",
        f"members/{member}/open/", f"skills/{here}", f"check-ins/{here}", f"ownerships/{title}/edit/", f"surveys/{here}",
    )]  # fmt: skip
    pages += [f"/e/{county.estate.code}/skills/", "/me/skills/", "/me/data/", "/desk/search/?q=慕容"]
    pages += [path for path, methods in api.get_openapi_schema()["paths"].items() if "get" in methods and "{" not in path]
    pages += [f"/api/v1/people/{path}" for path in (f"homes{here}", f"homes{here}&text=2幢1单元301", f"counts{here}", person.pk)]
    shown = [client.get(path) for path in pages]
    texts = [answer.content.decode() for answer in shown if answer.status_code == 200]
    powers, today = Powers(actor, now()), now().date()
    for kind in ("residents", "owners", "members"):
        rows = register_of(kind).rows(powers, county.estate.territory, today)
        texts += [" ".join(str(value) for value in _masked(row).values()) for row in rows if _about(row, person)]
    texts += [f"{one.name} {one.phone}" for one in queries.people(powers, county.estate.path)]
    texts += [str(one.membership.seat) for one in queries.members_of(powers, county.estate.path)]
    texts += [one.words for one in queries.skills(powers, county.estate.path)]
    return "\n".join(texts)


def _masked(row: Any) -> dict[str, Any]:
    address = {"home": f"{row['building']}{row['unit']}单元{row['room']}"} if row.get("building") else {}
    return {**row, **address}


def _about(row: Any, person: Person) -> bool:
    return str(row["name"]) == person.name.masked


def opened(county: County, person: Person, role: str) -> dict[str, str]:
    """What a role gets by naming a purpose."""
    client, found = Client() if role == "anonymous" else county.sign_in(Client(), role), {}
    for field in ("name", "phone", "certificate"):
        found[field] = client.post(f"/desk/people/{person.pk}/open/", {"field": field, "purpose": "check"}).content.decode()
    found["membership"] = client.post(f"/desk/people/members/{Membership.objects.get().pk}/open/", {"purpose": "check"}).content.decode()
    for field in ("name", "phone"):
        found[field] += found["membership"]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["the person", *ROLES])
def test_a_role_sees_of_a_person_what_the_table_says(county: County, person: Person, role: str) -> None:
    key = "neighbour" if role == "the person" else role
    shown = doors(county, person, key)
    assert [secret for secret in CLEAR if secret in shown] == []
    revealed = opened(county, person, key)
    clear = dict(zip(("name", "phone", "membership", "certificate"), CLEAR, strict=True))
    got = []
    for field, mark in MARKS.items():
        sealed = field in clear
        seen = mark in shown
        may_open = sealed and clear[field] in revealed.get(field, "")
        assert seen or not may_open, f"{field} is opened but not shown masked"
        got.append("open" if may_open else "masked" if seen and sealed else "whole" if seen else "-")
    assert dict(zip(FIELDS, got, strict=True)) == dict(zip(FIELDS, TABLE.get(role, NEIGHBOUR), strict=True))


def test_every_reading_operation_about_persons_is_among_the_doors() -> None:
    paths = api.get_openapi_schema()["paths"].values()
    read = {operation["operationId"] for methods in paths for method, operation in methods.items() if method == "get"}
    about = {code for code in read if code.startswith("people.")}
    assert about == {"people.list_homes", "people.list_counts", "people.view_person"}, "give it a door in `doors` above"
