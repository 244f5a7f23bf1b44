"""The register of grids with their ground as a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linzhi.domains.places.commands import GridRow, RecordGrids, WithdrawGrids, compare_grids, record_grids, withdraw_grids
from linzhi.domains.places.models import Grid, GridPart
from linzhi.domains.places.queries import in_force
from linzhi.domains.places.registers.frame import Book
from linzhi.domains.places.rules import GRID_KINDS
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Register, Row, Trace, Verdict
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor

COLUMNS = (
    Column("community", _("社区编码"), Kind.CODE, key=False, note=_("导入一个社区的表时可以空着。"), aliases=("社区代码",)),
    Column("code", _("网格编码"), Kind.CODE, required=True, key=True, aliases=("网格代码", "网格编号")),
    Column("name", _("网格名称"), longest=80, example="第1网格", aliases=("名称",)),
    Column("kind", _("网格类型"), Kind.CHOICE, choices=GRID_KINDS, note=_("不写按居民小区网格。")),
    Column("parent", _("所属网格编码"), Kind.CODE, note=_("只有微网格要写。")),
    Column(
        "parts", _("范围"), longest=20_000, note=_("小区编码或楼栋编码，用顿号隔开；写的就是全部范围。"), aliases=("网格范围", "覆盖楼栋")
    ),
)
_BETWEEN = re.compile(r"[、,，;；\s]+")


def _rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The grids inside a place with their ground as it was on a day; they are public facts."""
    found = Grid.objects.filter(powers.visible("places.view_estate"), in_force(on), inside("path", place.path, on))
    grids = list(found.select_related("parent").order_by("parent__code", "code"))
    grids.sort(key=lambda row: (row.kind == "micro", row.code))
    parts: dict[int, list[str]] = {}
    for pk, path in GridPart.objects.filter(in_force(on), grid__in=grids).order_by("path").values_list("grid_id", "path"):
        parts.setdefault(pk, []).append(path)
    wanted = {path for paths in parts.values() for path in paths} | {row.path for row in grids}
    codes = dict(Territory.objects.filter(path__in=wanted).values_list("path", "code"))
    for row in grids:
        ground = "、".join(codes[path] for path in parts.get(row.pk, ()))
        parent = row.parent.code if row.parent else None
        yield {
            "community": codes[row.path],
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "parent": parent,
            "parts": ground or None,
        }


def _split(row: Row) -> dict[str, Any]:
    parts = row.get("parts")
    return {**row, "parts": tuple(code for code in _BETWEEN.split(parts) if code) if parts is not None else None}


_BOOK = Book(GridRow, compare_grids, record_grids, RecordGrids, withdraw_grids, WithdrawGrids)


def judge(powers: Powers, place: Territory, rows: Sequence[Row]) -> list[Verdict]:
    """As of every register; the ground is a list of codes in one cell."""
    return _BOOK.judge(powers, place, [_split(row) for row in rows])


def take(actor: Actor, place: Territory, rows: Sequence[Row], *, at: datetime | None, key: str) -> Trace:
    """As of every register; the ground is a list of codes in one cell."""
    return _BOOK.take(actor, place, [_split(row) for row in rows], at=at, key=key)


GRIDS = Register(
    "grids", _("网格"), _("每行一个网格，按网格编码对上。一块地方只能归一个网格；微网格在它所属的网格里面。"), COLUMNS, "places.record_grids",
    "places.view_register", ("county", "street", "community"), judge, take, _BOOK.undo, _rows, after=("buildings",),
)  # fmt: skip
