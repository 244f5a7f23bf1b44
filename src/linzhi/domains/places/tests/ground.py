"""A small piece of ground for tests: one county with two communities, three estates and a few dwellings; and people in posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from linzhi.domains.places.commands import (
    AddBuilding,
    AddDivision,
    DwellingRow,
    RecordDwellings,
    RegisterEstate,
    add_building,
    add_division,
    record_dwellings,
    register_estate,
)  # fmt: skip
from linzhi.domains.places.models import Building, Dwelling, Estate
from linzhi.foundation.access.models import Grant
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor, Person, System
from linzhi.kernel.clock import BEIJING

AT = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
TODAY = AT.date()
BUILT = date(2000, 1, 1)
SETUP = System("setup")
_accounts = count(900_001)


@dataclass
class SmallCounty:
    """Handles to what `make_ground` made. `east` has two buildings with four dwellings each, `old` none, `far` is in another street."""

    county: Territory
    street: Territory
    community: Territory
    other: Territory
    east: Estate
    old: Estate
    far: Estate
    buildings: list[Building]
    dwellings: list[Dwelling]


def division(parent: str | None, level: str, code: str, name: str) -> Territory:
    """A division that began long ago."""
    data = {"parent": parent, "level": level, "code": code, "name": name, "begin": date(1980, 1, 1)}
    return add_division(SETUP, AddDivision.model_validate(data), at=AT)


def make_ground() -> SmallCounty:
    """The small county as of AT."""
    division(None, "nation", "156", "中国")
    division("156", "province", "980000", "试验省")
    division("980000", "city", "980100", "试验市")
    county = division("980100", "county", "980101", "试验区")
    street = division("980101", "street", "980101001", "一街")
    division("980101", "street", "980101002", "二街")
    community = division("980101001", "community", "980101001001", "甲社区")
    other = division("980101002", "community", "980101002001", "乙社区")
    planned = ((community, "东苑", "commodity"), (community, "旧里", "old"), (other, "远庄", "resettlement"))
    east, old, far = (
        register_estate(SETUP, RegisterEstate(community=where.code, name=name, kind=kind, begin=BUILT), at=AT)
        for where, name, kind in planned
    )
    buildings = [
        add_building(SETUP, AddBuilding(estate=east.code, number=number, units=1, floors=2, begin=BUILT), at=AT)
        for number in ("1幢", "2幢")
    ]
    rows = tuple(
        DwellingRow(unit="1", floor=floor, room=f"{floor}0{room}", exclusive_area=8000, area_source="registered")
        for floor in (1, 2)
        for room in (1, 2)
    )
    for building in buildings:
        record_dwellings(SETUP, RecordDwellings(place=building.code, rows=rows, begin=BUILT), at=AT)
    dwellings = list(Dwelling.objects.order_by("pk"))
    return SmallCounty(county, street, community, other, east, old, far, buildings, dwellings)


def holder(role: str, path: str, body_id: int | None = None) -> Actor:
    """Somebody who has held a role over a place since long before AT."""
    account_id = next(_accounts)
    Grant.objects.create(account_id=account_id, role=role, path=path, body_id=body_id, begin=datetime(2020, 1, 1, tzinfo=BEIJING))
    return Person(account_id)
