"""The register of estates as a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
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
from linzhi.domains.places.queries.divisions import homes
from linzhi.domains.places.registers.frame import BEGIN, Book, batches
from linzhi.domains.places.rules import CONDITIONS, PROPERTY_ARRANGEMENTS, SELF_GOVERNMENTS
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Register, Row
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory
from linzhi.kernel import clock
from linzhi.kernel.clock import day_of

_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d{1,6})?", re.ASCII)


def degrees(most: int) -> Callable[[str], tuple[str, str] | None]:
    """A check of degrees written as text: up to `most`, with at most six decimals, as they are kept."""

    def check(text: str) -> tuple[str, str] | None:
        if _DEGREES.fullmatch(text) and abs(Decimal(text)) <= most:
            return None
        why = _("不是 -%(most)d 到 %(most)d 之间的度数，最多六位小数。")
        return str(why % {"most": most}), str(_("请写成 30.512345 的样子，不带度分秒。"))

    return check


NONE = "none"
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
    Column("conditions", _("小区状况"), Kind.CHOICES, choices={NONE: _("无"), **CONDITIONS}, words={"没有": NONE},
           note=_("可以写几项，用顿号隔开；看过、一项也没有的写“无”。")),
    Column("self_government", _("自治组织"), Kind.CHOICE, choices=SELF_GOVERNMENTS, aliases=("业委会情况",)),
    Column("property_arrangement", _("物业管理方式"), Kind.CHOICE, choices=PROPERTY_ARRANGEMENTS, aliases=("物业情况", "物业管理")),
    Column("latitude", _("纬度"), longest=12, example="30.512345", check=degrees(90), note=_("十进制度数，北纬为正，最多六位小数。")),
    Column("longitude", _("经度"), longest=12, example="110.212345", check=degrees(180), note=_("十进制度数，东经为正，最多六位小数。")),
    BEGIN,
)  # fmt: skip
_AS_TEXT = ("latitude", "longitude")
_CODES = tuple(column.code for column in COLUMNS if column.code != "community")


def choices(place: Territory, column: Column) -> Mapping[str, Any] | None:
    """The kinds of estates that the place's jurisdiction uses today; None for a column that is the same everywhere."""
    return estate_kinds(place.path, day_of(clock.now())) if column.code == "kind" else None


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The estates inside a place as they were on a day."""
    found = Estate.objects.filter(powers.visible("places.view_estate"), in_force(on), inside("path", place.path, on))
    for part in batches(found.select_related("territory__parent")):
        communities = homes([row.path for row in part], on)
        for row in as_of("estate", part, on):
            said = {name: getattr(row, name) for name in _CODES}
            said["conditions"] = tuple(row.conditions) or (NONE,) if row.conditions is not None else None
            said |= {name: None if said[name] is None else str(said[name]) for name in _AS_TEXT}
            yield {"community": communities[row.path][0], **said}


class _Estates(Book):
    """An empty cell says nothing, so that none of the conditions has a word of its own."""

    def _input(self, row: Row) -> Any:
        conditions = row.get("conditions")
        said = {} if conditions is None else {"conditions": tuple(one for one in conditions if one != NONE)}
        return super()._input({**row, **said})


BOOK = _Estates(EstateRow, compare_estates, record_estates, RecordEstates, withdraw_estates, WithdrawEstates)
ESTATES = Register(
    "estates", _("小区"), _("每行一个小区。已经登记的按编码或名称对上，只改写了的格子。"), COLUMNS, "places.record_estates",
    "places.view_register", ("county", "street", "community"), BOOK.judge, BOOK.take, BOOK.undo, rows, choices=choices,
)  # fmt: skip
