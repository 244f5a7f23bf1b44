"""The ground of the fictional 清禾区: two streets, six communities, twelve estates of every kind, some 3,000 dwellings, fourteen grids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random

from linzhi.domains.places import queries
from linzhi.domains.places.commands import (
    AddBuilding,
    AddDivision,
    AddFacility,
    CreateGrid,
    DwellingRow,
    EstateRow,
    RecordDwellings,
    RecordEstates,
    RecordSpaces,
    RecordVenues,
    RegisterEstate,
    SpaceRow,
    VenueRow,
    add_building,
    add_division,
    add_facility,
    create_grid,
    record_dwellings,
    record_estates,
    record_spaces,
    record_venues,
    register_estate,
)  # fmt: skip
from linzhi.domains.places.models import Building, Estate, Grid
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.actor import System

SETUP = System("setup")
LONG_AGO = date(1980, 1, 1)
NATION, PROVINCE, CITY, COUNTY = "156", "990000", "990100", "990101"
STREETS = {"望江街道": ("梧桐社区", "桂花坪社区", "东塘社区"), "临河街道": ("柳荫社区", "清溪社区", "槐树湾社区")}
# Which policy pack begins to apply at a place (by its name); everything else inherits the county's.
PACKS = {"清禾区": "demo", "桂花坪社区": "demo-closed-loop", "东塘社区": "demo-graded", "槐树湾社区": "demo-plain"}


@dataclass(frozen=True)
class Plan:
    """How an estate is built: `blocks` are (number of buildings, units, floors, rooms on a floor); area of a home in 1/100 m²."""

    community: str
    name: str
    kind: str
    year: int
    address: str
    blocks: tuple[tuple[int, int, int, int], ...]
    area: int
    self_government: str = "none"
    property_arrangement: str = "company"


PLANS = (
    Plan("梧桐社区", "凤栖苑", "commodity", 2012, "望江路 88 号", ((12, 2, 17, 2),), 9650, "owners_committee"),
    Plan("梧桐社区", "梧桐里", "old", 1994, "梧桐巷 6 号", ((4, 3, 6, 2),), 6230),
    Plan("梧桐社区", "银杏新村", "resettlement", 2008, "银杏路 15 号", ((3, 2, 11, 2),), 8800),
    Plan("桂花坪社区", "桂花坪小区", "old", 1989, "桂花街 21 号", ((5, 2, 6, 2),), 5840, "management_committee", "community_trust"),
    Plan("桂花坪社区", "江畔名都", "commodity", 2018, "滨江大道 300 号", ((4, 2, 25, 2),), 11890, "owners_committee"),
    Plan("东塘社区", "东塘家园", "resettlement", 2010, "东塘路 2 号", ((4, 3, 10, 2),), 9020, "management_committee"),
    Plan("东塘社区", "机床厂家属院", "family_yard", 1982, "工人路 11 号", ((2, 4, 6, 2),), 5210, "none", "self"),
    Plan("柳荫社区", "柳荫花园", "commodity", 2005, "柳荫街 58 号", ((16, 1, 11, 2),), 10240, "owners_committee"),
    Plan("柳荫社区", "临河公馆", "mixed", 2016, "临河路 9 号", ((2, 1, 20, 4), (1, 1, 10, 2)), 7450),
    Plan("清溪社区", "清溪雅苑", "commodity", 2014, "清溪路 120 号", ((4, 2, 17, 2),), 9980, "owners_committee"),
    Plan("清溪社区", "清溪佳园", "commodity", 2015, "清溪路 168 号", ((2, 2, 20, 2),), 6120),
    Plan("槐树湾社区", "槐树湾小区", "old", 1986, "槐树街 3 号", ((3, 3, 6, 2),), 5570, "none", "none"),
)
# (community, grid, kind, estate, buildings from and to; none for the whole estate)
GRIDS = (
    ("梧桐社区", "第1网格", "residential", "梧桐里", None),
    ("梧桐社区", "第2网格", "residential", "银杏新村", None),
    ("梧桐社区", "第3网格", "residential", "凤栖苑", (1, 6)),
    ("梧桐社区", "第4网格", "residential", "凤栖苑", (7, 12)),
    ("桂花坪社区", "第1网格", "residential", "桂花坪小区", None),
    ("桂花坪社区", "第2网格", "residential", "江畔名都", None),
    ("东塘社区", "第1网格", "residential", "东塘家园", None),
    ("东塘社区", "第2网格", "residential", "机床厂家属院", None),
    ("柳荫社区", "第1网格", "residential", "柳荫花园", None),
    ("柳荫社区", "第2网格", "residential", "临河公馆", (1, 2)),
    ("柳荫社区", "商务楼宇网格", "commercial", "临河公馆", (3, 3)),
    ("清溪社区", "第1网格", "residential", "清溪雅苑", None),
    ("清溪社区", "第2网格", "residential", "清溪佳园", None),
    ("槐树湾社区", "第1网格", "residential", "槐树湾小区", None),
)
FACILITIES = (("lamp", "东门路灯"), ("gate", "东门门禁"), ("bin", "东门垃圾投放点"), ("charger", "电动车充电棚"))


@dataclass(frozen=True)
class Ground:
    """The demo's ground, by the names people use. `communities` and `streets` map to territory nodes."""

    county: Territory
    streets: dict[str, Territory]
    communities: dict[str, Territory]
    estates: dict[str, Estate]
    grids: dict[tuple[str, str], Grid]

    def building(self, estate: str, number: str) -> Building:
        """The building `number` (3幢) of the estate."""
        return Building.objects.get(estate=self.estates[estate], number=number)


def build(at: datetime) -> Ground:
    """Make the ground as of `at`; when the county is there already, only read it. Deterministic."""
    if not Territory.objects.filter(code=COUNTY).exists():
        _divisions(at)
        random = Random(990101)
        for number, plan in enumerate(PLANS):
            _estate(plan, number, random, at)
        _grids(at)
        _profiles(at)
        _sites(at)
    return read()


def read() -> Ground:
    """The demo's ground as it is in the database."""
    county = Territory.objects.get(code=COUNTY)
    nodes = list(Territory.objects.filter(within("path", county.path), level__in=("street", "community")).order_by("path"))
    communities = {node.name: node for node in nodes if node.level == "community"}
    by_path = {node.path: node.name for node in nodes}
    return Ground(
        county,
        {node.name: node for node in nodes if node.level == "street"},
        communities,
        {estate.name: estate for estate in Estate.objects.filter(within("path", county.path)).order_by("path")},
        {(by_path[grid.path], grid.name): grid for grid in Grid.objects.filter(within("path", county.path)).order_by("code")},
    )


def _division(parent: str | None, level: str, code: str, name: str, at: datetime) -> None:
    if not Territory.objects.filter(code=code).exists():
        data = {"parent": parent, "level": level, "code": code, "name": name, "pack": PACKS.get(name, ""), "begin": LONG_AGO}
        add_division(SETUP, AddDivision.model_validate(data), at=at)


def _divisions(at: datetime) -> None:
    _division(None, "nation", NATION, "中国", at)
    _division(NATION, "province", PROVINCE, "演示省", at)
    _division(PROVINCE, "city", CITY, "演示市", at)
    _division(CITY, "county", COUNTY, "清禾区", at)
    for i, (street, communities) in enumerate(STREETS.items(), start=1):
        _division(COUNTY, "street", f"{COUNTY}{i:03d}", street, at)
        for j, community in enumerate(communities, start=1):
            _division(f"{COUNTY}{i:03d}", "community", f"{COUNTY}{i:03d}{j:03d}", community, at)


def _estate(plan: Plan, number: int, random: Random, at: datetime) -> None:
    community = Territory.objects.get(name=plan.community, level="community", code__startswith=COUNTY)
    # Made-up positions on a grid of streets that exists nowhere.
    latitude = Decimal("30.50") + Decimal(number // 4) * Decimal("0.008") + Decimal(random.randrange(4000)) / 1_000_000
    longitude = Decimal("110.20") + Decimal(number % 4) * Decimal("0.011") + Decimal(random.randrange(4000)) / 1_000_000
    begin = date(plan.year, 7, 1)
    estate = register_estate(
        SETUP,
        RegisterEstate(
            community=community.code, name=plan.name, kind=plan.kind, built_year=plan.year, address=plan.address,
            households=sum(count * units * floors * rooms for count, units, floors, rooms in plan.blocks), latitude=latitude,
            longitude=longitude, self_government=plan.self_government, property_arrangement=plan.property_arrangement,
            pack=PACKS.get(plan.name, ""), begin=begin,
        ),
        at=at,
    )  # fmt: skip
    buildings: list[Building] = []
    for count, units, floors, rooms in plan.blocks:
        for _ in range(count):
            number_of = f"{len(buildings) + 1}幢"
            cmd = AddBuilding(estate=estate.code, number=number_of, units=units, floors=floors, begin=begin)
            building = add_building(SETUP, cmd, at=at)
            offices = plan.kind == "mixed" and rooms == 2
            rows = _rows(plan, units, floors, rooms, "office" if offices else "residential", random)
            if plan.name == "凤栖苑" and number_of == "12幢":
                rows = rows[4:]  # the community's rooms are on the ground floor here
            record_dwellings(SETUP, RecordDwellings(place=building.code, rows=tuple(rows), begin=begin), at=at)
            buildings.append(building)
    _facilities(estate, buildings, at)


def _rows(plan: Plan, units: int, floors: int, rooms: int, use: str, random: Random) -> list[DwellingRow]:
    source = "registered" if plan.kind in ("commodity", "mixed", "family_yard") else "surveyed"
    # One type of flat per position, as in a real building; the ground floors come first.
    types = [plan.area + random.randrange(-1200, 1600) for _ in range(rooms)]
    return [
        DwellingRow(unit=str(unit), floor=floor, room=f"{floor}{room:02d}", exclusive_area=types[room - 1], area_source=source, use=use)
        for floor in range(1, floors + 1)
        for unit in range(1, units + 1)
        for room in range(1, rooms + 1)
    ]


def _facilities(estate: Estate, buildings: list[Building], at: datetime) -> None:
    for kind, name in FACILITIES:
        add_facility(SETUP, AddFacility(place=estate.code, kind=kind, name=name), at=at)
    for building in buildings:
        if building.floors <= 7:
            continue
        for unit in range(1, building.units + 1):
            add_facility(SETUP, AddFacility(place=building.code, kind="elevator", name=f"{building.number}{unit}单元电梯"), at=at)
    if estate.name == "凤栖苑":
        add_facility(SETUP, AddFacility(place=buildings[4].code, kind="garage", name="5幢车库入口"), at=at)
        add_facility(SETUP, AddFacility(place=estate.code, kind="playground", name="中心花园儿童活动区"), at=at)


def _grids(at: datetime) -> None:
    numbers: dict[str, int] = {}
    for community, name, kind, estate_name, span in GRIDS:
        node = Territory.objects.get(name=community, level="community", code__startswith=COUNTY)
        estate = Estate.objects.get(name=estate_name, path__startswith=node.path)
        codes = [building.code for building in queries.buildings(estate)]
        parts = codes[span[0] - 1 : span[1]] if span else [estate.code]
        numbers[community] = numbers.get(community, 0) + 1
        cmd = CreateGrid(community=node.code, code=f"{node.code}-W{numbers[community]:02d}", name=name, kind=kind, parts=tuple(parts))
        create_grid(SETUP, cmd, at=at)


# Estates whose people nobody has counted yet.
UNFILLED = ("槐树湾小区", "机床厂家属院", "清溪佳园")


def _profiles(at: datetime) -> None:
    rows = []
    for estate in Estate.objects.filter(code__startswith=COUNTY).order_by("path"):
        homes = estate.households or 0
        filled = estate.name not in UNFILLED
        conditions = ("no_property", "no_committee") if estate.property_arrangement == "none" else ()
        row = EstateRow(
            code=estate.code, declared_buildings=estate.buildings.count(), population=homes * 27 // 10 if filled else None,
            residents=homes * 24 // 10 if filled else None, self_government=estate.self_government,
            property_arrangement=estate.property_arrangement, conditions=conditions,
        )  # fmt: skip
        rows.append(row)
    record_estates(SETUP, RecordEstates(place=COUNTY, rows=tuple(rows)), at=at)


def _sites(at: datetime) -> None:
    streets = {row.name: row.code for row in Territory.objects.filter(code__startswith=COUNTY, level__in=("street", "community", "estate"))}
    open_daily, equipped = "周一至周日 8:30-20:30", ("办公用品", "急救药箱", "便民服务工具箱")
    venues = (
        VenueRow(where=streets["望江街道"], name="望江街道党群服务中心", level="street", kind="centre", area=126_000, hours="周一至周日 9:00-17:30",
                 functions=("政务服务", "党群活动", "综合治理", "协商议事", "文体康养"), premises="public", owner="清禾区机关事务中心"),
        VenueRow(where=streets["梧桐社区"], name="梧桐社区党群服务中心", level="community", kind="centre", area=58_000, hours=open_daily,
                 functions=("政务服务", "党群活动", "协商议事"), premises="community", owner="梧桐社区居委会"),
        VenueRow(where=streets["凤栖苑"], name="凤栖苑邻里驿站", level="estate", kind="station", area=22_000, hours=open_daily,
                 functions=("便民服务", "民意征集", "协商议事"), equipment=equipped, premises="property", owner="凤栖苑全体业主"),
        VenueRow(where=streets["梧桐里"], name="梧桐里议事亭", level="estate", kind="consultation", area=3_600, premises="owners",
                 functions=("协商议事",), hours="全天"),
        VenueRow(where=streets["柳荫花园"], name="柳荫花园老年食堂", level="estate", kind="canteen", area=18_500, premises="rented",
                 functions=("老年助餐",), hours="周一至周六 10:30-13:00"),
    )  # fmt: skip
    record_venues(SETUP, RecordVenues(place=COUNTY, rows=venues), at=at)
    spaces = (
        SpaceRow(where=streets["银杏新村"], name="2幢架空层", area=9_600, premises="owners", state="idle", wanted="棋牌室、儿童活动角"),
        SpaceRow(where=streets["机床厂家属院"], name="原车间传达室", area=4_200, premises="public", owner="机床厂", state="planned", wanted="快递驿站"),
        SpaceRow(where=streets["槐树湾小区"], name="旧自行车棚", area=11_000, premises="owners", state="disputed", wanted="电动车充电棚"),
    )  # fmt: skip
    record_spaces(SETUP, RecordSpaces(place=COUNTY, rows=spaces), at=at)
