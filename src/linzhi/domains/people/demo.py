"""Synthetic people of 清禾区: some 400 residents and owners, sixty of them with an account. Nobody here exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from django.conf import settings

from linzhi.domains.people.commands import LinkAccount, link_account
from linzhi.domains.people.jobs import ship_texts
from linzhi.domains.people.models import Person, Residence
from linzhi.domains.places.demo import PLANS, Ground
from linzhi.domains.places.queries import Dwelling, dwellings_of
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.commands import LinkPhone, SignUp, link_phone, sign_up
from linzhi.foundation.privacy.sealing import blind_indexes
from linzhi.foundation.sheets.whole import load
from linzhi.kernel.actor import Actor, System
from linzhi.kernel.clock import day_of

PERSONS, WITH_ACCOUNT = 400, 60
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖"
    "石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万钱严"
)
_PAIRS = (
    "秀英桂兰玉珍建国建华志强志明国强国庆春梅春生丽华丽娟海燕海波晓东晓燕晓峰文斌文静永刚永芳德福德胜"
    "金花金凤小兵小红立新立平卫东卫红雪梅雪琴家豪家欣子涵子轩宇航雨桐思远思琪浩然明辉淑芬淑贞长河长青"
    "庆云庆丰素云美玲俊杰俊华凤英凤霞云飞云霞振华振宇佳宁佳怡学文学军红梅红军爱民爱华兴旺兴国"
)
GIVEN = [_PAIRS[i : i + 2] for i in range(0, len(_PAIRS), 2)]


@dataclass(frozen=True)
class Named:
    """Somebody whom the demo knows by name; `kind` is empty for an owner who lives elsewhere, `demo_role` puts them in the sign-in row."""

    key: str
    name: str
    estate: str
    building: str
    unit: str
    room: str
    kind: str
    owns: tuple[int, int] | None = (1, 1)
    demo_role: str = ""


NAMED = (
    Named("resident", "王秀兰", "凤栖苑", "3幢", "2", "502", "owner_occupier", (1, 2), "resident"),
    Named("resident_spouse", "李守义", "凤栖苑", "3幢", "2", "502", "owner_occupier", (1, 2)),
    Named("owner", "陈建军", "凤栖苑", "5幢", "1", "1201", "", (1, 1), "owner"),
    Named("tenant", "刘洋", "凤栖苑", "5幢", "1", "1201", "tenant", None, "tenant"),
    Named("building_head", "孙桂芳", "凤栖苑", "3幢", "1", "302", "owner_occupier", (1, 1), "building_head"),
    Named("head_5", "马长青", "凤栖苑", "5幢", "2", "602", "owner_occupier"),
    Named("head_9", "许淑芬", "凤栖苑", "9幢", "1", "401", "owner_occupier"),
    Named("head_liuyin", "高永芳", "柳荫花园", "16幢", "1", "501", "owner_occupier"),
    Named("head_wutong", "胡德胜", "梧桐里", "2幢", "2", "301", "owner_occupier"),
    Named("head_dongtang", "谢春生", "东塘家园", "1幢", "1", "402", "owner_occupier"),
    Named("chair", "何志远", "凤栖苑", "1幢", "1", "901", "owner_occupier"),
    Named("committee_member", "李春梅", "凤栖苑", "7幢", "2", "1102", "owner_occupier", (1, 1), "committee_member"),
    Named("member_2", "吴德明", "凤栖苑", "10幢", "1", "802", "owner_occupier"),
    Named("chair_jiangpan", "梁俊杰", "江畔名都", "2幢", "1", "1801", "owner_occupier"),
    Named("member_jiangpan", "宋雪琴", "江畔名都", "4幢", "2", "702", "owner_occupier"),
    Named("chair_liuyin", "韩立新", "柳荫花园", "8幢", "1", "302", "owner_occupier"),
    Named("member_liuyin", "邓丽娟", "柳荫花园", "12幢", "1", "901", "owner_occupier"),
    Named("chair_qingxi", "曹明辉", "清溪雅苑", "1幢", "2", "1002", "owner_occupier"),
    Named("member_qingxi", "彭海燕", "清溪雅苑", "3幢", "1", "602", "owner_occupier"),
    Named("supervisor", "潘学文", "凤栖苑", "2幢", "2", "1401", "owner_occupier"),
)


@dataclass(frozen=True)
class Neighbours:
    """The demo's people: person ids and account ids of the named ones by key; the other accounts by estate name."""

    persons: dict[str, int]
    accounts: dict[str, int]
    residents: dict[str, list[int]]


def phone(number: int) -> str:
    """A number of a range that the demo keeps to: 199 0000 xxxx."""
    return f"1990000{number:04d}"


def build(at: datetime, ground: Ground, workers: Mapping[str, Actor]) -> Neighbours:
    """Register the people as of `at`, each by the worker of their community (by its name); changes nothing when they are there.

    The ledgers of residents and owners of each community are made as workbooks and come in as anybody's would.
    """
    ship_texts(at)
    if not Person.objects.filter(county=ground.county.path).exists():
        _Building(at, ground, workers).run()
    return read(ground)


def read(ground: Ground) -> Neighbours:
    """The demo's people as they are in the database."""
    persons, own = {}, {}
    for number, named in enumerate(NAMED):
        person = Person.objects.get(county=ground.county.path, phone_index__in=blind_indexes(phone(1000 + number)))
        persons[named.key] = person.pk
        if person.account_id is not None:
            own[named.key] = person.account_id
    residents: dict[str, list[int]] = {}
    lived = Residence.objects.filter(person__account_id__isnull=False, person__county=ground.county.path)
    lived = lived.exclude(person_id__in=persons.values())
    for account_id, estate in lived.order_by("person_id").values_list("person__account_id", "dwelling__building__estate__name"):
        residents.setdefault(estate, []).append(account_id or 0)
    return Neighbours(persons, own, residents)


FULL: dict[str, Any] = {"standing": "full", "full_since": date(1996, 7, 1), "settled": date(2014, 5, 1)}
# Who of 凤栖苑 is a member: key of NAMED, kind, standing.
MEMBERS = (
    ("building_head", "seated", FULL), ("head_5", "living", FULL), ("member_2", "in_service", FULL), ("chair", "seated", FULL),
    ("head_9", "floating", FULL), ("supervisor", "living", {"standing": "probationary", "settled": date(2020, 3, 1)}),
)  # fmt: skip
SKILLS = (("building_head", "调解", "邻里的事愿意说和"), ("head_5", "维修", "会修水管，换灯"), ("head_9", "文艺", "教二胡"))


def tell(at: datetime, ground: Ground, secretary: Actor, worker: Actor) -> None:
    """What people of 凤栖苑 told of themselves, as the ledgers it was written down in: members in the closed room, skills on offer."""
    who = {
        named.key: {"estate": named.estate, "building": named.building, "unit": named.unit, "room": named.room, "name": named.name}
        for named in NAMED
    }
    members = [{**who[key], "kind": kind, "willing": True, **more} for key, kind, more in MEMBERS]
    load(secretary, "members", ground.estates["凤栖苑"].code, members, at=at)
    skills = [{**who[key], "field": field, "words": words, "source": "visit", "how": "in_person"} for key, field, words in SKILLS]
    load(worker, "skills", ground.estates["凤栖苑"].code, skills, at=at)


Sheet = dict[str, list[dict[str, Any]]]
"""Community to the rows of a ledger."""


class _Building:
    """One run of registering; keeps which dwellings are taken and which phone comes next."""

    def __init__(self, at: datetime, ground: Ground, workers: Mapping[str, Actor]) -> None:
        self.at = at
        self.ground = ground
        self.workers = workers
        self.communities = {plan.name: plan.community for plan in PLANS}
        self.random = Random(20250101)
        self.next_phone = 1000 + len(NAMED)
        self.names: set[str] = {named.name for named in NAMED}
        self.residents: Sheet = {name: [] for name in ground.communities}
        self.owners: Sheet = {name: [] for name in ground.communities}

    def run(self) -> None:
        """Write the ledgers, load them, then give the named ones and some of the others their accounts."""
        dwellings = {
            estate.name: [row for building in estate.buildings.order_by("path") for row in dwellings_of(building, day_of(self.at))]
            for estate in self.ground.estates.values()
        }
        taken = self._named()
        total = sum(len(rows) for rows in dwellings.values())
        linked: list[str] = []
        for name, rows in dwellings.items():
            free = [row for row in rows if row.pk not in taken and row.use == "residential"]
            share = max(12, round((PERSONS - len(NAMED)) * len(rows) / total))
            phones = self._estate(name, free, share)
            linked.extend(phones[: max(2, round(WITH_ACCOUNT * len(rows) / total))])
        self._load()
        for number, named in enumerate(NAMED):
            # Everyone known by name has an account, except those whose powers the demo leaves without one.
            if named.key not in ("resident_spouse", "supervisor"):
                self._account(phone(1000 + number), named.name, named.demo_role)
        for contact in linked:
            self._account(contact)

    def _load(self) -> None:
        for code, sheet in (("residents", self.residents), ("owners", self.owners)):
            for community, rows in sheet.items():
                load(self.workers[community], code, self.ground.communities[community].code, rows, at=self.at)

    def _named(self) -> set[int]:
        taken = set()
        for number, named in enumerate(NAMED):
            dwelling = self.ground.building(named.estate, named.building).dwellings.get(unit=named.unit, room=named.room)
            who = {"name": named.name, "phone": phone(1000 + number)}
            if named.kind:
                self._lives(named.estate, dwelling, who, named.kind, self._since(dwelling))
            if named.owns:
                self._owns(named.estate, dwelling, who, Fraction(*named.owns))
            taken.add(dwelling.pk)
        return taken

    def _estate(self, estate: str, free: list[Dwelling], share: int) -> list[str]:
        """Fill dwellings until so many people live there; returns their phones."""
        phones: list[str] = []
        chosen = iter(self.random.sample(free, min(len(free), share)))
        while len(phones) < share:
            dwelling = next(chosen)
            since = self._since(dwelling)
            kind = self.random.choices(("owner_occupier", "tenant", "lodger"), (78, 20, 2))[0]
            couple = kind == "owner_occupier" and self.random.random() < 0.35
            for _one in range(2 if couple else 1):
                self.next_phone += 1
                who = {"name": self._name(), "phone": phone(self.next_phone)}
                self._lives(estate, dwelling, who, kind, since)
                if kind == "owner_occupier":
                    self._owns(estate, dwelling, who, Fraction(1, 2) if couple else Fraction(1))
                phones.append(who["phone"])
        return phones

    def _lives(self, estate: str, dwelling: Dwelling, who: Mapping[str, str], kind: str, since: date) -> None:
        row = {**_address(estate, dwelling), **who, "kind": kind, "begin": since}
        self.residents[self.communities[estate]].append(row)

    def _owns(self, estate: str, dwelling: Dwelling, who: Mapping[str, str], share: Fraction) -> None:
        row = {**_address(estate, dwelling), **who, "share": share if share < 1 else None, "begin": dwelling.begin}
        self.owners[self.communities[estate]].append(row)

    def _name(self) -> str:
        while True:
            name = self.random.choice(SURNAMES) + self.random.choice(GIVEN)
            if name not in self.names:
                self.names.add(name)
                return name

    def _since(self, dwelling: Dwelling) -> date:
        span = (day_of(self.at) - dwelling.begin).days
        return dwelling.begin + timedelta(days=self.random.randrange(30, max(31, span)))

    def _account(self, number: str, name: str = "", demo_role: str = "") -> None:
        person = Person.objects.get(county=self.ground.county.path, phone_index__in=blind_indexes(number))
        role = demo_role if settings.DEMO else ""
        account = sign_up(System("accounts.sign_up"), SignUp(phone=number, name=name, demo_role=role), at=self.at)
        link_phone(System("accounts.verify_phone"), LinkPhone(account_id=account.pk, phone=number), at=self.at)
        cmd = LinkAccount(person_id=person.pk, account_id=account.pk, how="phone")
        link_account(System("people.link_by_phone"), cmd, at=self.at)


def _address(estate: str, dwelling: Dwelling) -> dict[str, str]:
    return {"estate": estate, "building": dwelling.building.number, "unit": dwelling.unit, "room": dwelling.room}


def account_of(key: str) -> int | None:
    """The account of a named person by key, or None."""
    number = next(index for index, named in enumerate(NAMED) if named.key == key)
    found = accounts.by_phone(phone(1000 + number))
    return found.pk if found else None
