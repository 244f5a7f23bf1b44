"""The bodies of 清禾区, their posts and who holds them; and `build`, which makes the whole register of the demo county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Literal

from django.conf import settings
from django.db import transaction

from linzhi.domains.bodies.commands import (
    ApplyFormation,
    ApproveFormation,
    FileFormation,
    LinkBodies,
    NameSecretary,
    OpenFormation,
    SetCompetences,
    SetServiceArea,
    StandAsCandidate,
    apply_formation,
    approve_formation,
    file_formation,
    link_bodies,
    name_secretary,
    open_formation,
    set_competences,
    set_service_area,
    stand_as_candidate,
)  # fmt: skip
from linzhi.domains.bodies.models import Body, Holding
from linzhi.domains.people import demo as people
from linzhi.domains.people import queries as people_lists
from linzhi.domains.people.commands import (
    CheckIn,
    OpenSurvey,
    RecordVisit,
    check_in,
    open_survey,
    record_visit,
)  # fmt: skip
from linzhi.domains.places import demo as places
from linzhi.domains.places.queries import buildings
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.commands import Register, register
from linzhi.foundation.sheets.whole import load
from linzhi.foundation.territory.paths import within
from linzhi.kernel.actor import ANONYMOUS, Actor, Person, System
from linzhi.kernel.clock import day_of

SETUP = places.SETUP
WEEKDAYS, ALL_DAY = "周一至周五 8:30–17:30", "24 小时值班"
# By name: where it sits, what it answers for, its phone, who handles.
DEPARTMENTS: dict[str, tuple[str, tuple[str, ...], str, tuple[str, ...]]] = {
    "区城市管理局": ("清禾区", ("urban_management",), "6620 2001", ("罗永刚", "石海波")),
    "望江城管中队": ("望江街道", ("urban_management",), "6620 2002", ("曾国强", "肖文斌")),
    "临河城管中队": ("临河街道", ("urban_management",), "6620 2003", ("田卫东",)),
    "区住房和城乡建设局": ("清禾区", ("housing",), "6620 2010", ("董丽华", "袁立平")),
    "望江派出所": ("望江街道", ("police",), "6620 2021", ("蔡志明",)),
    "临河派出所": ("临河街道", ("police",), "6620 2022", ("蒋国庆",)),
    "区交警大队": ("清禾区", ("traffic_police",), "6620 2025", ("余晓峰",)),
    "区消防救援大队": ("清禾区", ("fire",), "6620 2030", ("杜云飞",)),
    "区市场监督管理局": ("清禾区", ("market_supervision",), "6620 2040", ("叶红梅", "程俊华")),
    "区水电气服务中心": ("清禾区", ("utilities",), "6620 2050", ("魏爱民",)),
    "环卫一队": ("临河街道", ("sanitation",), "6620 2061", ("苏兴旺",)),
    "环卫二队": ("望江街道", ("sanitation",), "6620 2062", ("吕长河",)),
    "区民政局": ("清禾区", ("civil_affairs",), "6620 2070", ("丁淑贞",)),
    "区卫生健康局": ("清禾区", ("health",), "6620 2075", ("任雪梅",)),
    "区生态环境局": ("清禾区", ("environment",), "6620 2080", ("卢思远",)),
    "区教育局": ("清禾区", ("education",), "6620 2085", ("姚佳宁",)),
    "区人力资源和社会保障局": ("清禾区", ("human_resources",), "6620 2090", ("沈振华",)),
    "区应急管理局": ("清禾区", ("emergency",), "6620 2095", ("钟卫红",)),
    "区交通运输局": ("清禾区", ("transport",), "6620 2098", ("姜学军",)),
}
DISPATCHERS: dict[str, tuple[str, ...]] = {"望江街道": ("冯建华", "唐晓燕"), "临河街道": ("崔庆丰", "谭美玲")}
WORKERS: dict[str, tuple[str, ...]] = {
    "梧桐社区": ("赵文静", "陆俊杰"), "桂花坪社区": ("范玉珍", "汪浩然"), "东塘社区": ("廖海燕", "金子轩"),
    "柳荫社区": ("夏丽娟", "付明辉"), "清溪社区": ("方雨桐", "邹立新"), "槐树湾社区": ("熊春梅",),
}  # fmt: skip
GRID_WORKERS = {
    ("梧桐社区", "第1网格"): "白素云", ("梧桐社区", "第2网格"): "孟庆云", ("梧桐社区", "第3网格"): "林晓梅", ("梧桐社区", "第4网格"): "秦志强",
    ("桂花坪社区", "第1网格"): "邱桂兰", ("桂花坪社区", "第2网格"): "侯宇航", ("东塘社区", "第1网格"): "江凤霞", ("东塘社区", "第2网格"): "尹德福",
    ("柳荫社区", "第1网格"): "高建平", ("柳荫社区", "第2网格"): "薛佳怡", ("柳荫社区", "商务楼宇网格"): "段家豪",
    ("清溪社区", "第1网格"): "雷红军", ("清溪社区", "第2网格"): "黎思琪", ("槐树湾社区", "第1网格"): "陶金花",
}  # fmt: skip
# By name: the estates it serves, its phone, who handles.
FIRMS: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "凤栖苑物业": (("凤栖苑",), "6620 1166", ("何师傅", "龚兴国")),
    "梧桐里物业": (("梧桐里",), "6620 1177", ("邵永刚",)),
    "银杏物业": (("银杏新村", "东塘家园"), "6620 1188", ("万国庆", "钱小红")),
    "江畔物业": (("江畔名都",), "6620 1199", ("严俊华",)),
    "柳荫物业": (("柳荫花园", "临河公馆"), "6620 1211", ("史立平", "毛海波")),
    "清溪物业": (("清溪雅苑", "清溪佳园"), "6620 1222", ("郝文斌", "贺小兵")),
}
BRANCHES = {
    "凤栖苑": "周正平", "梧桐里": "顾爱华", "银杏新村": "陆卫东", "桂花坪小区": "贾秀英", "江畔名都": "韦学文", "东塘家园": "闫凤英",
    "柳荫花园": "龙振宇", "清溪雅苑": "尹玉珍",
}  # fmt: skip
# By estate: the chair and the members, as keys of people.NAMED.
COMMITTEES: dict[str, tuple[str, tuple[str, ...]]] = {
    "凤栖苑": ("chair", ("committee_member", "member_2")),
    "江畔名都": ("chair_jiangpan", ("member_jiangpan",)),
    "柳荫花园": ("chair_liuyin", ("member_liuyin",)),
    "清溪雅苑": ("chair_qingxi", ("member_qingxi",)),
}
MANAGEMENT = {"桂花坪小区": "田庆云", "东塘家园": "许立平"}
# By key of people.NAMED: community, estate, building.
HEADS = {
    "building_head": ("梧桐社区", "凤栖苑", "3幢"), "head_5": ("梧桐社区", "凤栖苑", "5幢"), "head_9": ("梧桐社区", "凤栖苑", "9幢"),
    "head_wutong": ("梧桐社区", "梧桐里", "2幢"), "head_liuyin": ("柳荫社区", "柳荫花园", "16幢"),
    "head_dongtang": ("东塘社区", "东塘家园", "1幢"),
}  # fmt: skip
# The party line: who looks after it, by street and by community.
PARTY_STREETS = {"望江街道": "葛明亮", "临河街道": "柯向东"}
PARTY_COMMUNITIES = {
    "梧桐社区": "傅晓云", "桂花坪社区": "安立军", "东塘社区": "章玉梅", "柳荫社区": "鲁志远", "清溪社区": "穆桂芳", "槐树湾社区": "裴文海",
}  # fmt: skip
# Who stands in the row of the sign-in page, besides the residents in people.NAMED.
DEMO_ROLES = {
    "林晓梅": "grid_worker", "何师傅": "property_handler", "周正平": "branch_secretary", "赵文静": "community_worker",
    "冯建华": "street_dispatcher", "曾国强": "department_handler", "郑国栋": "county_officer", "方敏": "administrator",
    "傅晓云": "party_officer", "葛明亮": "street_party_officer", "詹玉兰": "county_party_officer",
}  # fmt: skip


@dataclass(frozen=True)
class DemoCounty:
    """The register of the demo county. `accounts` maps a demo role or the name of a staff member to the account id."""

    ground: places.Ground
    neighbours: people.Neighbours
    bodies: dict[str, Body]
    accounts: dict[str, int]

    def actor(self, who: str) -> Actor:
        """The person behind a demo role (`resident`, `grid_worker`...), a key of people.NAMED or a name of the staff."""
        return Person(self.accounts[who])


def build(at: datetime) -> DemoCounty:
    """Make places, people and bodies as of `at` by calling commands; when the county is there, only read it. Deterministic."""
    if not Body.objects.filter(name="清禾区治理办").exists():
        with transaction.atomic():  # the whole register or nothing, should somebody stop it
            _Founding(at, places.build(at)).run()
    return read()


def read() -> DemoCounty:
    """The demo county as it is in the database."""
    ground = places.read()
    neighbours = people.read(ground)
    bodies = {body.name: body for body in Body.objects.filter(within("path", ground.county.path)).order_by("pk")}
    found = {
        name: account_id
        for name, account_id in Holding.objects.filter(post__body__in=bodies.values()).order_by("-pk").values_list("name", "account_id")
        if account_id is not None
    }
    roles = {role: found[name] for name, role in DEMO_ROLES.items()}
    return DemoCounty(ground, neighbours, bodies, {**found, **neighbours.accounts, **roles})


class _Founding:
    """One run of founding: rows of the registers of bodies and of posts are written down, and loaded as an office would load its sheets.

    Numbers staff accounts and their phones as they come.
    """

    def __init__(self, at: datetime, ground: places.Ground) -> None:
        self.at = at
        self.ground = ground
        self.numbers = count(1)
        self.codes = {"清禾区": ground.county.code}
        self.codes |= {name: node.code for name, node in {**ground.streets, **ground.communities}.items()}
        self.codes |= {name: estate.code for name, estate in ground.estates.items()}
        self.bodies: list[dict[str, Any]] = []
        self.posts: list[dict[str, Any]] = []
        self.places: dict[str, str] = {}
        self.made: dict[str, Body] = {}
        self.staff: dict[str, int] = {}

    def run(self) -> None:
        """The government line first, then the people, then what the people themselves elect."""
        self._government()
        self._communities()
        self._firms()
        self._branches()
        self._load_bodies()
        self._duties()
        self._load_posts()
        workers = {community: Person(self.staff[names[0]]) for community, names in WORKERS.items()}
        self.neighbours = people.build(self.at, self.ground, workers)
        self._elected()
        self._party()
        self._load_bodies()
        self._load_posts()
        self._formed()
        self._life()

    def _load_bodies(self) -> None:
        load(SETUP, "bodies", self.ground.county.code, self.bodies, at=self.at)
        self.made = {body.name: body for body in Body.objects.filter(within("path", self.ground.county.path))}
        self.bodies = []

    def _load_posts(self) -> None:
        load(SETUP, "posts", self.ground.county.code, self.posts, at=self.at)
        self.posts = []

    def _body(self, place: str, kind: str, name: str, parent: str = "", **more: str) -> str:
        self.places[name] = self.codes[place]
        self.bodies.append({"where": self.codes[place], "name": name, "kind": kind, "parent": parent or None, **more})
        return name

    def _staff(self, name: str) -> str:
        number = next(self.numbers)
        role = DEMO_ROLES.get(name, "") if settings.DEMO else ""
        cmd = Register(username=f"demo{number:03d}", name=name, phone=people.phone(number), demo_role=role)
        self.staff[name] = register(System("accounts.sign_up"), cmd, at=self.at).pk
        return cmd.username

    def _post(self, body: str, kind: str, holders: list[dict[str, str]], **post: str) -> None:
        said = {"where": self.places[body], "body": body, "kind": kind, "seats": len(holders), **post}
        self.posts += [{**said, **holder} for holder in holders]

    def _fill(self, body: str, kind: str, names: tuple[str, ...], basis: str = "清禾区演示任职通知", **post: str) -> None:
        self._post(body, kind, [{"name": name, "username": self._staff(name), "basis": basis} for name in names], **post)

    def _elect(self, body: str, kind: str, keys: tuple[str, ...], **post: str) -> None:
        known = {named.key: (named.name, people.phone(1000 + number)) for number, named in enumerate(people.NAMED)}
        named = [{"name": known[key][0], "phone": known[key][1], "basis": "推选会议纪要"} for key in keys]
        self._post(body, kind, named, **post)

    def _government(self) -> None:
        office = self._body("清禾区", "county_office", "清禾区治理办", phone="6620 1000", hours=WEEKDAYS)
        self._fill(office, "administrator", ("方敏",))
        self._fill(office, "county_officer", ("郑国栋", "马晓东"), title="主管")
        for street, names in DISPATCHERS.items():
            self._body(street, "street_office", street, "清禾区治理办", phone=f"6620 11{len(self.bodies):02d}", hours=WEEKDAYS)
            self._fill(street, "street_dispatcher", names, title="派单员")
        for name, (place, _competences, phone, names) in DEPARTMENTS.items():
            self._body(place, "department", name, phone=phone, hours=WEEKDAYS)
            self._fill(name, "department_handler", names, title="经办人")

    def _communities(self) -> None:
        for street, communities in places.STREETS.items():
            for number, name in enumerate(communities, start=1):
                self._body(name, "residents_committee", name, street, phone=f"6620 12{number}0", hours=WEEKDAYS)
                self._fill(name, "community_worker", WORKERS[name], title="受理岗")
        for number, ((community, grid), name) in enumerate(GRID_WORKERS.items(), start=1):
            self._fill(
                community, "grid_worker", (name,), title="网格员", reach=self.ground.grids[community, grid].code,
                contact="6620 1103" if name == "林晓梅" else f"6620 13{number:02d}", hours="每天 8:00–20:00",
            )  # fmt: skip

    def _firms(self) -> None:
        for name, (_estates, phone, names) in FIRMS.items():
            self._body("清禾区", "property_company", name, phone=phone, hours=ALL_DAY)
            self._fill(name, "property_handler", names, title="服务中心")

    def _branches(self) -> None:
        for number, (estate, name) in enumerate(BRANCHES.items(), start=1):
            body = self._body(estate, "party_branch", f"{estate}党支部", phone=f"6620 11{number:02d}", hours=WEEKDAYS)
            phone = "6620 1101" if name == "周正平" else f"6620 15{number:02d}"
            self._fill(body, "branch_secretary", (name,), title="书记", contact=phone, basis="街道党工委任职通知")
        for estate, name in MANAGEMENT.items():
            self._fill(self._body(estate, "management_committee", f"{estate}物管会"), "management_member", (name,), title="委员")

    def _duties(self) -> None:
        """What departments answer for and what firms serve, which no register holds."""
        for name, (_place, competences, _phone, _names) in DEPARTMENTS.items():
            set_competences(SETUP, SetCompetences(body_id=self.made[name].pk, codes=competences), at=self.at)
        for name, (estates, _phone, _names) in FIRMS.items():
            codes = tuple(self.codes[estate] for estate in estates)
            set_service_area(SETUP, SetServiceArea(body_id=self.made[name].pk, places=codes), at=self.at)

    def _elected(self) -> None:
        for estate, (chair, members) in COMMITTEES.items():
            body = self._body(estate, "owners_committee", f"{estate}业委会", phone="6620 1144", hours="周六 9:00–11:30")
            self._elect(body, "committee_chair", (chair,), title="主任")
            self._elect(body, "committee_member", members, title="委员")
        supervision = self._body("凤栖苑", "supervision_committee", "凤栖苑治理监督委员会")
        self._elect(supervision, "supervisor", ("supervisor",), title="委员")
        for key, (community, estate, number) in HEADS.items():
            building = next(row for row in buildings(self.ground.estates[estate]) if row.number == number)
            self._elect(
                community, "building_head", (key,), title=f"{number}楼栋长", reach=building.code,
                contact="6620 1133" if key == "building_head" else "", hours="晚上 7 点以后",
            )  # fmt: skip

    def _party(self) -> None:
        """The party line above the branches, and a firm's branch."""
        office = self._body("清禾区", "party_office", "清禾区委党群工作部", phone="6620 1600", hours=WEEKDAYS)
        self._fill(office, "county_party_affairs", ("詹玉兰",), title="主管")
        for street, communities in places.STREETS.items():
            top = self._body(street, "street_party", f"{street}党工委", hours=WEEKDAYS)
            self._fill(top, "street_party_affairs", (PARTY_STREETS[street],), title="党务工作者")
            for name in communities:
                body = self._body(name, "community_party", f"{name}党委", top, form="committee")
                self._fill(body, "community_party_affairs", (PARTY_COMMUNITIES[name],), title="党务工作者")
        for estate in BRANCHES:
            path = self.ground.estates[estate].path
            community = next(node.name for node in self.ground.communities.values() if path.startswith(node.path))
            self.bodies.append({"where": self.codes[estate], "name": f"{estate}党支部", "parent": f"{community}党委"})
        self._body("梧桐社区", "firm_party_branch", "凤栖苑物业党支部", "梧桐社区党委")

    def _formed(self) -> None:
        """What has a course of its own: a group that was founded, a firm's branch and its firm, somebody who stands for a committee."""
        firm = self.made["凤栖苑物业党支部"]
        link_bodies(SETUP, LinkBodies(body_id=firm.pk, other_id=self.made["凤栖苑物业"].pk, kind="of_firm"), at=self.at)
        bare = next(estate for name, estate in self.ground.estates.items() if name not in BRANCHES)
        place = next(name for name, node in self.ground.communities.items() if bare.path.startswith(node.path))
        street = next(name for name, communities in places.STREETS.items() if place in communities)
        officer, street_officer, county_officer = (
            Person(self.staff[who]) for who in (PARTY_COMMUNITIES[place], PARTY_STREETS[street], "詹玉兰")
        )
        pk = open_formation(officer, OpenFormation(estate=bare.code, kind="party_group"), at=self.at).pk
        name_secretary(officer, NameSecretary(id=pk, secretary="卜秀莲", source="community_key_member"), at=self.at)
        apply_formation(officer, ApplyFormation(id=pk), at=self.at)
        approve_formation(street_officer, ApproveFormation(id=pk, approval="街道党工委批复第 7 号"), at=self.at)
        file_formation(county_officer, FileFormation(id=pk, filing_number="区委党群部备案第 3 号"), at=self.at)
        owner = {named.key: named.name for named in people.NAMED}["owner"]
        estate = self.codes["凤栖苑"]
        stands = StandAsCandidate(estate=estate, person_id=self.neighbours.persons["owner"], name=owner, capable=True)
        stand_as_candidate(Person(self.staff["赵文静"]), stands, at=self.at)

    def _life(self) -> None:
        """What people tell of themselves: members in the closed room, skills on offer, a survey half done, riders who checked in."""
        today = day_of(self.at)
        secretary, worker = Person(self.staff["周正平"]), Person(self.staff["赵文静"])
        people.tell(self.at, self.ground, secretary, worker)
        survey = open_survey(
            worker,
            OpenSurvey(place=self.codes["梧桐社区"], title="冬季入户摸排", basis="梧桐社区工作安排", deadline=today + timedelta(days=400)),
            at=self.at,
        )
        results: tuple[Literal["done", "absent", "refused", "vacant"], ...] = ("done", "done", "absent", "done", "refused", "vacant")
        for number, door in enumerate(people_lists.doors(Powers(worker, self.at), survey)[:60]):
            result = results[number % len(results)]
            visit = RecordVisit(door_id=door.pk, result=result, residents=1 + number % 4 if result == "done" else None)
            record_visit(worker, visit, at=self.at)
        for occupation in ("rider", "courier"):
            check_in(ANONYMOUS, CheckIn(place=self.codes["梧桐社区"], occupation=occupation, wishes=("rest", "report")), at=self.at)
