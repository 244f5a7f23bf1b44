"""The register of dwellings, shops and parking spaces as a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from linzhi.domains.places.commands import (
    DwellingRow,
    RecordDwellings,
    WithdrawDwellings,
    compare_dwellings,
    record_dwellings,
    withdraw_dwellings,
)
from linzhi.domains.places.models import Dwelling, Occupancy
from linzhi.domains.places.queries import as_of, in_force
from linzhi.domains.places.registers.frame import BEGIN, Book, batches
from linzhi.domains.places.rules import AREA_SOURCES, DWELLING_KINDS, DWELLING_USES, OCCUPANCIES
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Register, Row
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory

COLUMNS = (
    Column("building", _("楼栋编码"), Kind.CODE, key=True, note=_("导入一栋楼的表时可以空着。"), aliases=("楼栋代码",)),
    Column("unit", _("单元"), key=True, longest=10, example="2", note=_("没有单元的空着。"), aliases=("单元号",)),
    Column("room", _("房号"), required=True, key=True, longest=20, example="502", aliases=("室号", "房间号", "车位号", "商铺号", "门牌号")),
    Column("kind", _("类别"), Kind.CHOICE, choices=DWELLING_KINDS, note=_("不写按房屋。")),
    Column("floor", _("楼层"), Kind.WHOLE, least=-9, most=150, aliases=("所在层",)),
    Column("exclusive_area", _("专有面积（平方米）"), Kind.HUNDREDTHS, least=1, most=10_000_000, example="96.50",
           note=_("套内面积加分摊不算；写产权证上的专有部分面积。"), aliases=("专有面积", "套内面积")),
    Column("area_source", _("面积来源"), Kind.CHOICE, choices=AREA_SOURCES, note=_("写了面积就要写来源。")),
    Column("use", _("用途"), Kind.CHOICE, choices=DWELLING_USES, note=_("不写的，房屋按住宅。"), aliases=("房屋用途",)),
    Column("occupancy", _("居住情况"), Kind.CHOICE, choices=OCCUPANCIES, aliases=("入住情况", "使用情况")),
    BEGIN,
)  # fmt: skip


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The dwellings inside a place as they were on a day, those the asker may see."""
    found = Dwelling.objects.filter(powers.visible("places.view_dwelling"), in_force(on), inside("path", place.path, on))
    for part in batches(found.select_related("building")):
        states = dict(Occupancy.objects.filter(in_force(on), dwelling__in=[row.pk for row in part]).values_list("dwelling_id", "state"))
        for row in as_of("dwelling", part, on):
            yield {
                "building": row.building.code, "unit": row.unit or None, "room": row.room, "kind": row.kind, "floor": row.floor,
                "exclusive_area": row.exclusive_area, "area_source": row.area_source or None, "use": row.use,
                "occupancy": states.get(row.pk), "begin": row.begin,
            }  # fmt: skip


BOOK = Book(DwellingRow, compare_dwellings, record_dwellings, RecordDwellings, withdraw_dwellings, WithdrawDwellings)
DWELLINGS = Register(
    "dwellings", _("房屋、商铺、车位"), _("每行一间，按楼栋编码、单元和房号对上。车位挂在车库下面。"), COLUMNS, "places.record_dwellings",
    "places.view_dwelling", ("county", "street", "community", "estate", "building"), BOOK.judge, BOOK.take, BOOK.undo, rows,
    after=("buildings", "units"),
)  # fmt: skip
