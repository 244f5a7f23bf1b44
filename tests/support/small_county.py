"""A small fictional county, made by calling commands: the ground on which tests of pages, access and the API stand.

    def test_something(county, client):
        request = county.report("resident", "3幢门禁坏了")
        county.sign_in(client, "community_worker")

One street, one community, two estates with two buildings each, eleven bodies, the thirteen posts with their accounts, three
residents; and a second county with one estate and its own officer, for "not yours to see". Everything begins on
`BEGIN`, long before any test's now. Takes about half a second.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.test import Client

from linzhi.domains.bodies import commands as bodies
from linzhi.domains.bodies.models import Body, Holding
from linzhi.domains.people import commands as people
from linzhi.domains.people.models import Person as Resident
from linzhi.domains.places import commands as places
from linzhi.domains.places.models import Building, Dwelling, Estate, Grid
from linzhi.domains.requests.commands import Report, report
from linzhi.domains.requests.models import Request
from linzhi.foundation.accounts import commands as accounts
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import ANONYMOUS, Actor, App, Person, System

# A working Monday morning.
BEGIN = datetime.fromisoformat("2025-01-06T09:00:00+08:00")
SETUP = System("setup")
SIGN_UP = System("accounts.sign_up")

ROLES = (
    "grid_worker", "building_head", "property_handler", "committee_member", "branch_secretary",
    "community_worker", "street_dispatcher", "department_handler", "county_officer", "administrator",
    "party_officer", "street_party_officer", "county_party_officer",
)  # fmt: skip
RESIDENTS = ("resident", "owner", "neighbour")

# place code, level, name
DIVISIONS = (
    ("86", "nation", "华国"),
    ("9902", "province", "东山省"),
    ("990203", "city", "云桥市"),
    ("99020301", "county", "青杉区"),
    ("99020301001", "street", "槐安街道"),
    ("99020301001001", "community", "槐安里社区"),
)
ELSEWHERE = (("99020302", "county", "白鹭区"), ("99020302001", "street", "河口街道"), ("99020302001001", "community", "河口社区"))

# key: kind, place (a code, or the name of an estate here), name
BODIES = {
    "county_office": ("county_office", "99020301", "青杉区治理办"),
    "department": ("department", "99020301", "青杉区城市管理局"),
    "street_office": ("street_office", "99020301001", "槐安街道办事处"),
    "residents_committee": ("residents_committee", "99020301001001", "槐安里社区居委会"),
    "party_branch": ("party_branch", "estate", "桂园小区党支部"),
    "owners_committee": ("owners_committee", "estate", "桂园业主委员会"),
    "property_company": ("property_company", "99020301", "安心物业公司"),
    "other_property_company": ("property_company", "99020301", "平和物业公司"),
    "party_office": ("party_office", "99020301", "青杉区委党群工作部"),
    "street_party": ("street_party", "99020301001", "槐安街道党工委"),
    "community_party": ("community_party", "99020301001001", "槐安里社区党委"),
}

# role: kind of post, body, name of who holds it
POSTS = {
    "administrator": ("administrator", "county_office", "祁管"),
    "county_officer": ("county_officer", "county_office", "陶局"),
    "department_handler": ("department_handler", "department", "尚勤"),
    "street_dispatcher": ("street_dispatcher", "street_office", "何调"),
    "community_worker": ("community_worker", "residents_committee", "白社"),
    "grid_worker": ("grid_worker", "residents_committee", "谷格"),
    "building_head": ("building_head", "residents_committee", "楼好"),
    "branch_secretary": ("branch_secretary", "party_branch", "党正"),
    "property_handler": ("property_handler", "property_company", "吴业"),
    "other_property_handler": ("property_handler", "other_property_company", "平安"),
    "committee_member": ("committee_chair", "owners_committee", "业兴"),
    "party_officer": ("community_party_affairs", "community_party", "钟党"),
    "street_party_officer": ("street_party_affairs", "street_party", "辛党"),
    "county_party_officer": ("county_party_affairs", "party_office", "高党"),
}


@dataclass
class County:
    """Handles to everything in it. `accounts` is by role, plus resident, owner and neighbour; `bodies` by the keys of BODIES."""

    territory: Territory
    street: Territory
    community: Territory
    estate: Estate
    other_estate: Estate
    building: Building
    grid: Grid
    accounts: dict[str, Account] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    holdings: dict[str, Holding] = field(default_factory=dict)
    people: dict[str, Resident] = field(default_factory=dict)
    elsewhere: Estate | None = None

    def actor(self, role: str) -> Actor:
        """The person in a role; `anonymous` is nobody."""
        return ANONYMOUS if role == "anonymous" else Person(self.accounts[role].pk)

    def report(
        self, role: str = "resident", text: str = "楼道灯不亮了，晚上看不见。", *, at: datetime | None = None, **more: Any
    ) -> Request:
        """A report about the first building, unless `place_code` says otherwise."""
        return report(self.actor(role), Report(**{"place_code": self.building.code, "text": text} | more), at=at)

    def sign_in(self, client: Client, role: str) -> Client:
        """Sign a person in, staff with the second factor shown."""
        account = self.accounts[role]
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": BEGIN.timestamp(), "type": "totp"}]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
        return client

    def token(self, *scopes: str, account_id: int | None = None) -> str:
        """The text of a new token for a program; without `account_id` the program is a new one that holds no post."""
        cmd = accounts.IssueToken(name="测试程序", scopes=scopes, account_id=account_id)
        return str(accounts.issue_token(self.actor("administrator"), cmd).text)  # type: ignore[attr-defined]

    def token_in(self, role: str, *scopes: str) -> str:
        """The text of a token of a program that holds the post of a role beside its person."""
        text = self.token(*scopes)
        app = Account.objects.filter(kind="app").latest("pk")
        kind, body, _name = POSTS[role]
        post = bodies.create_post(SETUP, bodies.CreatePost(body_id=self.bodies[body].pk, kind=kind, title=f"接口 {app.pk}"), at=BEGIN)
        bodies.appoint(SETUP, bodies.Appoint(post_id=post.pk, name="接口程序", basis="接入协议", account_id=app.pk), at=BEGIN)
        return text

    def app(self, account_id: int, *scopes: str) -> Actor:
        """A program as an actor."""
        return App(account_id, "测试程序", frozenset(scopes))


def build(pack: str = "") -> County:
    """Make the county; `pack` names the policy pack of the county (empty: the nation's)."""
    parent: str | None = None
    for code, level, name in DIVISIONS:
        own = pack if level == "county" else ""
        cmd = places.AddDivision(parent=parent, level=level, code=code, name=name, pack=own)  # type: ignore[arg-type]
        places.add_division(SETUP, cmd, at=BEGIN)
        parent = code
    first, buildings = _estate(str(parent), "桂园", "commodity")
    second, _others = _estate(str(parent), "柳荫里", "old")
    by_code = {territory.code: territory for territory in Territory.objects.all()}
    grid = places.create_grid(
        SETUP,
        places.CreateGrid(community=str(parent), code="G1", name="槐安里第一网格", parts=(first.code, second.code)),
        at=BEGIN,
    )
    county = County(
        by_code["99020301"], by_code["99020301001"], by_code["99020301001001"], first, second, buildings[0], grid
    )  # fmt: skip
    for key, (kind, where, name) in BODIES.items():
        code = first.code if where == "estate" else where
        form = "committee" if kind == "community_party" else ""
        cmd = bodies.FoundBody(place=code, kind=kind, name=name, phone="0000-12345", form=form)
        county.bodies[key] = bodies.found_body(SETUP, cmd, at=BEGIN)
    for key, estate in (("property_company", first), ("other_property_company", second)):
        bodies.set_service_area(SETUP, bodies.SetServiceArea(body_id=county.bodies[key].pk, places=(estate.code,)), at=BEGIN)
    _add_residents(county)
    for role in POSTS:
        if role != "committee_member":
            _appoint(county, role)
    _settle_residents(county)
    _appoint(county, "committee_member")
    _add_elsewhere(county)
    return county


def _estate(community: str, name: str, kind: str) -> tuple[Estate, list[Building]]:
    estate = places.register_estate(SETUP, places.RegisterEstate(community=community, name=name, kind=kind), at=BEGIN)
    rows = tuple(places.DwellingRow(unit="1", floor=floor, room=f"{floor}01") for floor in (1, 2, 3))
    made = []
    for number in ("1幢", "2幢"):
        building = places.add_building(SETUP, places.AddBuilding(estate=estate.code, number=number, floors=3), at=BEGIN)
        places.record_dwellings(SETUP, places.RecordDwellings(place=building.code, rows=rows), at=BEGIN)
        made.append(building)
    return estate, made


def _add_residents(county: County) -> None:
    for number, (key, name) in enumerate((("resident", "居安"), ("owner", "业安"), ("neighbour", "邻安"), ("committee_member", "业兴"))):
        phone = f"1390000000{number}"
        county.accounts[key] = accounts.sign_up(SIGN_UP, accounts.SignUp(phone=phone, name=name, proved=True), at=BEGIN)


def _appoint(county: County, role: str) -> None:
    kind, body, name = POSTS[role]
    if role not in county.accounts:
        cmd = accounts.Register(username=role.replace("_", "-"), name=name)
        county.accounts[role] = accounts.register(SIGN_UP, cmd, at=BEGIN)
    reach = {"grid_id": county.grid.pk} if role == "grid_worker" else {"places": (county.building.code,)} if role == "building_head" else {}
    post = bodies.create_post(SETUP, bodies.CreatePost(body_id=county.bodies[body].pk, kind=kind, phone="0000-12345", **reach), at=BEGIN)
    person = county.people.get(role)
    county.holdings[role] = bodies.appoint(
        SETUP,
        bodies.Appoint(
            post_id=post.pk,
            name=name,
            basis="任命文件",
            account_id=county.accounts[role].pk,
            person_id=person.pk if person else None,
        ),
        at=BEGIN,
    )


def _settle_residents(county: County) -> None:
    """The resident rents, the owner and the committee's member own; all three live in the first building."""
    worker = county.actor("community_worker")
    dwellings = Dwelling.objects.filter(building=county.building).order_by("floor")
    for number, (key, dwelling) in enumerate(zip(("resident", "owner", "committee_member"), dwellings, strict=True)):
        cmd = people.RegisterPerson(place=county.building.code, name=county.accounts[key].name, phone=f"1390000000{(0, 1, 3)[number]}")
        person = county.people[key] = people.register_person(worker, cmd, at=BEGIN)
        kind = "tenant" if key == "resident" else "owner_occupier"
        people.move_in(worker, people.MoveIn(person_id=person.pk, dwelling_id=dwelling.pk, kind=kind), at=BEGIN)
        if key != "resident":
            people.record_ownership(worker, people.RecordOwnership(person_id=person.pk, dwelling_id=dwelling.pk), at=BEGIN)
        people.link_account(worker, people.LinkAccount(person_id=person.pk, account_id=county.accounts[key].pk, how="in_person"), at=BEGIN)


def _add_elsewhere(county: County) -> None:
    """The county next door: one estate, and an officer under the key `foreign_officer`."""
    parent = "990203"
    for code, level, name in ELSEWHERE:
        places.add_division(SETUP, places.AddDivision(parent=parent, level=level, code=code, name=name), at=BEGIN)  # type: ignore[arg-type]
        parent = code
    county.elsewhere, _buildings = _estate(parent, "临江苑", "commodity")
    body = bodies.found_body(SETUP, bodies.FoundBody(place="99020302", kind="county_office", name="白鹭区治理办"), at=BEGIN)
    county.bodies["foreign_office"] = body
    account = accounts.register(SIGN_UP, accounts.Register(username="foreign-officer", name="外区人"), at=BEGIN)
    county.accounts["foreign_officer"] = account
    post = bodies.create_post(SETUP, bodies.CreatePost(body_id=body.pk, kind="county_officer"), at=BEGIN)
    cmd = bodies.Appoint(post_id=post.pk, name="外区人", basis="任命文件", account_id=account.pk)
    county.holdings["foreign_officer"] = bodies.appoint(SETUP, cmd, at=BEGIN)
