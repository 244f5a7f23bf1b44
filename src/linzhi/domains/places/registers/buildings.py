"""The registers of buildings and of their unit entrances as sheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from linzhi.domains.places.commands import (
    BuildingRow,
    RecordBuildings,
    RecordUnits,
    UnitRow,
    WithdrawBuildings,
    WithdrawUnits,
    compare_buildings,
    compare_units,
    record_buildings,
    record_units,
    withdraw_buildings,
    withdraw_units,
)
from linzhi.domains.places.models import Building, Unit
from linzhi.domains.places.queries import as_of, in_force
from linzhi.domains.places.registers.frame import BEGIN, Book, batches
from linzhi.domains.places.rules import BUILDING_KINDS
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Register, Row
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory

LEVELS = ("county", "street", "community", "estate")
BUILDING_COLUMNS = (
    Column("estate", _("小区编码"), Kind.CODE, key=True, note=_("导入一个小区的表时可以空着。"), aliases=("小区代码",)),
    Column("number", _("楼栋号"), required=True, key=True, longest=20, example="3幢", aliases=("楼栋", "幢号", "楼号", "栋号")),
    Column("kind", _("楼栋类型"), Kind.CHOICE, choices=BUILDING_KINDS, note=_("不写按住宅楼。车库也作为一栋登记，车位挂在它下面。")),
    Column("units", _("单元数"), Kind.WHOLE, least=0, most=40),
    Column("floors", _("层数"), Kind.WHOLE, least=1, most=150, aliases=("总层数", "楼层数")),
    BEGIN,
)
UNIT_COLUMNS = (
    Column("building", _("楼栋编码"), Kind.CODE, key=True, note=_("导入一栋楼的表时可以空着。"), aliases=("楼栋代码",)),
    Column("number", _("单元号"), required=True, key=True, longest=10, example="2", aliases=("单元",)),
    Column("floors", _("层数"), Kind.WHOLE, least=1, most=150),
    Column("lifts", _("电梯数"), Kind.WHOLE, least=0, most=20, aliases=("电梯",)),
)


def building_rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The buildings inside a place as they were on a day; they are public facts."""
    found = Building.objects.filter(powers.visible("places.view_estate"), in_force(on), inside("path", place.path, on))
    for part in batches(found.select_related("estate")):
        for row in as_of("building", part, on):
            facts = {"kind": row.kind, "units": row.units, "floors": row.floors, "begin": row.begin}
            yield {"estate": row.estate.code, "number": row.number, **facts}


def unit_rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The unit entrances inside a place as they were on a day; they are public facts."""
    found = Unit.objects.filter(powers.visible("places.view_estate"), in_force(on), inside("path", place.path, on))
    for part in batches(found.select_related("building")):
        for row in part:
            yield {"building": row.building.code, "number": row.number, "floors": row.floors, "lifts": row.lifts}


_BUILDINGS = Book(BuildingRow, compare_buildings, record_buildings, RecordBuildings, withdraw_buildings, WithdrawBuildings)
_UNITS = Book(UnitRow, compare_units, record_units, RecordUnits, withdraw_units, WithdrawUnits)
BUILDINGS = Register(
    "buildings", _("楼栋"), _("每行一栋楼，按小区编码和楼栋号对上。"), BUILDING_COLUMNS, "places.record_buildings", "places.view_register", LEVELS,
    _BUILDINGS.judge, _BUILDINGS.take, _BUILDINGS.undo, building_rows, after=("estates",),
)  # fmt: skip
UNITS = Register(
    "units", _("单元"), _("每行一个单元，按楼栋编码和单元号对上。"), UNIT_COLUMNS, "places.record_units", "places.view_register",
    (*LEVELS, "building"), _UNITS.judge, _UNITS.take, _UNITS.undo, unit_rows, after=("buildings",),
)  # fmt: skip
