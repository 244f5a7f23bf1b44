"""The ground of the fictional 清禾区: two streets, six communities, twelve estates of every kind, some 3,000 dwellings, fourteen grids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

from linzhi.domains.places.commands import AddDivision, add_division
from linzhi.domains.places.models import Building, Estate, Grid
from linzhi.foundation.sheets.whole import load
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.actor import System

Sheet = list[dict[str, Any]]
"""The rows of one register, as they stand in its workbook."""
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
WALKED = 7
"""The highest building without an elevator, in floors."""


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
    """Make the ground as of `at`; when the county is there already, only read it. Deterministic.

    The divisions are entered, everything else comes as workbooks through the importer, as a county brings its own registers.
    """
    if not Territory.objects.filter(code=COUNTY).exists():
        _divisions(at)
        drawn = _drawn()
        for register, sheet in SHEETS:
            load(SETUP, register, COUNTY, sheet(drawn), at=at)
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


@dataclass(frozen=True)
class House:
    """A building as drawn: its rooms are alike on every floor; `areas` are theirs, in 1/100 m²."""

    number: str
    units: int
    floors: int
    use: str
    areas: tuple[int, ...]


@dataclass(frozen=True)
class Drawn:
    """An estate as drawn, with a made-up position on a grid of streets that exists nowhere."""

    plan: Plan
    latitude: Decimal
    longitude: Decimal
    houses: tuple[House, ...]


def _drawn() -> list[Drawn]:
    random, drawn = Random(990101), []
    for number, plan in enumerate(PLANS):
        latitude = Decimal("30.50") + Decimal(number // 4) * Decimal("0.008") + Decimal(random.randrange(4000)) / 1_000_000
        longitude = Decimal("110.20") + Decimal(number % 4) * Decimal("0.011") + Decimal(random.randrange(4000)) / 1_000_000
        houses: list[House] = []
        for count, units, floors, rooms in plan.blocks:
            use = "office" if plan.kind == "mixed" and rooms == 2 else "residential"
            for _ in range(count):
                # One type of flat per position, as in a real building.
                areas = tuple(plan.area + random.randrange(-1200, 1600) for _ in range(rooms))
                houses.append(House(f"{len(houses) + 1}幢", units, floors, use, areas))
        drawn.append(Drawn(plan, latitude, longitude, tuple(houses)))
    return drawn


def _codes(level: str) -> dict[str, str]:
    """Name to code of the county's places of one level."""
    return dict(Territory.objects.filter(code__startswith=COUNTY, level=level).values_list("name", "code"))


def _buildings_by_number() -> dict[tuple[str, str], str]:
    """Estate and number to the code of a building."""
    rows = Building.objects.filter(code__startswith=COUNTY).values_list("estate__name", "number", "code")
    return {(estate, number): code for estate, number, code in rows}


def _estates(drawn: list[Drawn]) -> Sheet:
    communities = _codes("community")
    return [
        {
            "community": communities[one.plan.community], "name": one.plan.name, "kind": one.plan.kind, "built_year": one.plan.year,
            "address": one.plan.address, "latitude": str(one.latitude), "longitude": str(one.longitude),
            "households": sum(house.units * house.floors * len(house.areas) for house in one.houses),
            "self_government": one.plan.self_government, "property_arrangement": one.plan.property_arrangement,
            "begin": date(one.plan.year, 7, 1),
        }
        for one in drawn
    ]  # fmt: skip


def _buildings(drawn: list[Drawn]) -> Sheet:
    estates = _codes("estate")
    return [
        {"estate": estates[one.plan.name], "number": house.number, "units": house.units, "floors": house.floors,
         "begin": date(one.plan.year, 7, 1)}
        for one in drawn
        for house in one.houses
    ]  # fmt: skip


def _units(drawn: list[Drawn]) -> Sheet:
    codes = _buildings_by_number()
    return [
        {"building": codes[one.plan.name, house.number], "number": str(unit), "floors": house.floors, "lifts": int(house.floors > WALKED)}
        for one in drawn
        for house in one.houses
        for unit in range(1, house.units + 1)
    ]


def _dwellings(drawn: list[Drawn]) -> Sheet:
    codes = _buildings_by_number()
    rows: Sheet = []
    for one in drawn:
        source = "registered" if one.plan.kind in ("commodity", "mixed", "family_yard") else "surveyed"
        for house in one.houses:
            # The ground floors come first.
            homes: Sheet = [
                {
                    "building": codes[one.plan.name, house.number], "unit": str(unit), "floor": floor, "room": f"{floor}{room:02d}",
                    "exclusive_area": area, "area_source": source, "use": house.use, "begin": date(one.plan.year, 7, 1),
                }
                for floor in range(1, house.floors + 1)
                for unit in range(1, house.units + 1)
                for room, area in enumerate(house.areas, start=1)
            ]  # fmt: skip
            if one.plan.name == "凤栖苑" and house.number == "12幢":
                homes = homes[4:]  # the community's rooms are on the ground floor here
            rows += homes
    return rows


def _facilities(drawn: list[Drawn]) -> Sheet:
    estates, codes = _codes("estate"), _buildings_by_number()
    rows: Sheet = []
    for one in drawn:
        estate = estates[one.plan.name]
        rows += [{"where": estate, "kind": kind, "name": name} for kind, name in FACILITIES]
        for house in one.houses:
            where, units = codes[one.plan.name, house.number], range(1, house.units + 1) if house.floors > WALKED else ()
            rows += [{"where": where, "kind": "elevator", "name": f"{house.number}{unit}单元电梯"} for unit in units]
        if one.plan.name == "凤栖苑":
            rows.append({"where": codes["凤栖苑", "5幢"], "kind": "garage", "name": "5幢车库入口"})
            rows.append({"where": estate, "kind": "playground", "name": "中心花园儿童活动区"})
    return rows


def _grids(drawn: list[Drawn]) -> Sheet:
    communities, estates, codes = _codes("community"), _codes("estate"), _buildings_by_number()
    numbers: dict[str, int] = {}
    rows: Sheet = []
    for community, name, kind, estate, span in GRIDS:
        parts = [codes[estate, f"{n}幢"] for n in range(span[0], span[1] + 1)] if span else [estates[estate]]
        numbers[community] = numbers.get(community, 0) + 1
        code = f"{communities[community]}-W{numbers[community]:02d}"
        rows.append({"community": communities[community], "code": code, "name": name, "kind": kind, "parts": "、".join(parts)})
    return rows


# Estates whose people nobody has counted yet.
UNFILLED = ("槐树湾小区", "机床厂家属院", "清溪佳园")


def _profiles(drawn: list[Drawn]) -> Sheet:
    """What was counted afterwards, as a second sheet of the estates that are there."""
    codes = _codes("estate")
    rows: Sheet = []
    for one in drawn:
        homes = sum(house.units * house.floors * len(house.areas) for house in one.houses)
        filled = one.plan.name not in UNFILLED
        row: dict[str, Any] = {
            "code": codes[one.plan.name], "name": one.plan.name, "declared_buildings": len(one.houses),
            "population": homes * 27 // 10 if filled else None, "residents": homes * 24 // 10 if filled else None,
            "conditions": ("no_property", "no_committee") if one.plan.property_arrangement == "none" else ("none",),
        }  # fmt: skip
        rows.append(row)
    return rows


def _venues(_drawn: list[Drawn]) -> Sheet:
    places = _codes("street") | _codes("community") | _codes("estate")
    open_daily = "周一至周日 8:30-20:30"
    return [
        {"where": places["望江街道"], "name": "望江街道党群服务中心", "level": "street", "kind": "centre", "area": 126_000,
         "functions": "政务服务、党群活动、综合治理、协商议事、文体康养", "hours": "周一至周日 9:00-17:30", "premises": "public", "owner": "清禾区机关事务中心"},
        {"where": places["梧桐社区"], "name": "梧桐社区党群服务中心", "level": "community", "kind": "centre", "area": 58_000,
         "functions": "政务服务、党群活动、协商议事", "hours": open_daily, "premises": "community", "owner": "梧桐社区居委会"},
        {"where": places["凤栖苑"], "name": "凤栖苑邻里驿站", "level": "estate", "kind": "station", "area": 22_000, "hours": open_daily,
         "functions": "便民服务、民意征集、协商议事", "equipment": "办公用品、急救药箱、便民服务工具箱", "premises": "property", "owner": "凤栖苑全体业主"},
        {"where": places["梧桐里"], "name": "梧桐里议事亭", "level": "estate", "kind": "consultation", "area": 3_600,
         "functions": "协商议事", "hours": "全天", "premises": "owners"},
        {"where": places["柳荫花园"], "name": "柳荫花园老年食堂", "level": "estate", "kind": "canteen", "area": 18_500,
         "functions": "老年助餐", "hours": "周一至周六 10:30-13:00", "premises": "rented"},
    ]  # fmt: skip


def _spaces(_drawn: list[Drawn]) -> Sheet:
    places = _codes("estate")
    return [
        {"where": places["银杏新村"], "name": "2幢架空层", "area": 9_600, "premises": "owners", "state": "idle", "wanted": "棋牌室、儿童活动角"},
        {"where": places["机床厂家属院"], "name": "原车间传达室", "area": 4_200, "premises": "public", "owner": "机床厂", "state": "planned",
         "wanted": "快递驿站"},
        {"where": places["槐树湾小区"], "name": "旧自行车棚", "area": 11_000, "premises": "owners", "state": "disputed", "wanted": "电动车充电棚"},
    ]  # fmt: skip


# In the order in which a county enters them: each builds on those before.
SHEETS: tuple[tuple[str, Callable[[list[Drawn]], Sheet]], ...] = (
    ("estates", _estates), ("buildings", _buildings), ("units", _units), ("dwellings", _dwellings), ("facilities", _facilities),
    ("grids", _grids), ("estates", _profiles), ("venues", _venues), ("spaces", _spaces),
)  # fmt: skip
