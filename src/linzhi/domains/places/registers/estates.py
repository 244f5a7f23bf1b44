"""The register of estates as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from linzhi.domains.places.commands import (
    EstateRow,
    RecordEstates,
    WithdrawEstates,
    compare_estates,
    record_estates,
    withdraw_estates,
)
from linzhi.domains.places.models import Estate
from linzhi.domains.places.queries import as_of, estate_kinds, in_force
from linzhi.domains.places.registers.frame import Book, batches
from linzhi.domains.places.rules import CONDITIONS, PROPERTY_ARRANGEMENTS, SELF_GOVERNMENTS
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Register, Row
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import SEGMENT
from linzhi.kernel import clock
from linzhi.kernel.clock import day_of

COLUMNS = (
    Column("community", _("社区编码"), Kind.CODE, key=True, note=_("小区所在社区的编码；导入一个社区的表时可以空着。"), aliases=("社区代码", "所属社区编码")),
    Column("name", _("小区名称"), required=True, key=True, longest=80, example="凤栖苑", aliases=("小区", "名称", "小区名")),
    Column("code", _("小区编码"), Kind.CODE, note=_("新小区空着，由系统编；改名时要写。"), aliases=("小区代码",)),
    Column("kind", _("小区类型"), Kind.CHOICE, note=_("按本地使用的类型选。"), aliases=("类型", "小区性质")),
    Column("address", _("地址"), example="望江路 88 号", aliases=("小区地址", "详细地址")),
    Column("built_year", _("建成年份"), Kind.WHOLE, least=1900, most=2100, example="2012", aliases=("建成时间", "建设年代", "竣工年份")),
    Column("declared_buildings", _("楼栋数"), Kind.WHOLE, least=0, most=1_000_000, aliases=("楼幢数", "栋数")),
    Column("households", _("户数"), Kind.WHOLE, least=0, most=1_000_000, aliases=("总户数", "规划户数")),
    Column("residents", _("登记居民数"), Kind.WHOLE, least=0, most=1_000_000, aliases=("居民数",)),
    Column("population", _("常住人口"), Kind.WHOLE, least=0, most=1_000_000, aliases=("常住人口数", "人口")),
    Column("conditions", _("小区状况"), Kind.CHOICES, choices=CONDITIONS, note=_("可以写几项，用顿号隔开。")),
    Column("self_government", _("自治组织"), Kind.CHOICE, choices=SELF_GOVERNMENTS, aliases=("业委会情况",)),
    Column("property_arrangement", _("物业管理方式"), Kind.CHOICE, choices=PROPERTY_ARRANGEMENTS, aliases=("物业情况", "物业管理")),
)  # fmt: skip
_CODES = tuple(column.code for column in COLUMNS if column.code != "community")


def choices(place: Territory, column: str) -> Mapping[str, Any] | None:
    """The kinds of estates that the place's jurisdiction uses today; None for a column that is the same everywhere."""
    return estate_kinds(place.path, day_of(clock.now())) if column == "kind" else None


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The estates inside a place as they were on a day."""
    found = Estate.objects.filter(powers.visible("places.view_estate"), in_force(on), inside("path", place.path, on))
    for part in batches(found.select_related("territory__parent")):
        communities = dict(Territory.objects.filter(path__in={row.path[:-SEGMENT] for row in part}).values_list("path", "code"))
        for row in as_of("estate", part, on):
            said = {name: getattr(row, name) for name in _CODES}
            said["conditions"] = tuple(row.conditions) if row.conditions is not None else None
            yield {"community": communities[row.path[:-SEGMENT]], **said}


BOOK = Book(EstateRow, compare_estates, record_estates, RecordEstates, withdraw_estates, WithdrawEstates)
ESTATES = Register(
    "estates", _("小区"), _("每行一个小区。已经登记的按编码或名称对上，只改写了的格子。"), COLUMNS, "places.record_estates",
    "places.view_register", ("county", "street", "community"), BOOK.judge, BOOK.take, BOOK.undo, rows, choices=choices,
)  # fmt: skip
