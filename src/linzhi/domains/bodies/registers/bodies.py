"""组织台账: the register of bodies as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linzhi.domains.bodies.commands import (
    BodyRow,
    RecordBodies,
    WithdrawBodies,
    compare_bodies,
    record_bodies,
    withdraw_bodies,
)
from linzhi.domains.bodies.models import Body
from linzhi.domains.bodies.registers.frame import input_of, judge_rows
from linzhi.domains.bodies.rules import BODY_KINDS, PARTY_FORMS
from linzhi.domains.places.queries import in_force
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Register, Row, Trace, Verdict
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import Actor
from linzhi.kernel.clock import day_of

LEVELS = ("county", "street", "community", "estate")
KINDS = {code: kind.title for code, kind in BODY_KINDS.items()}
COLUMNS = (
    Column("where", _("所在地编码"), Kind.CODE, key=True, note=_("区县、街道、社区、小区或楼栋的编码；导入那个地方的表时可以空着。"),
           aliases=("所在地代码", "地方编码")),
    Column("name", _("组织名称"), required=True, key=True, longest=80, example="凤栖苑业主委员会", aliases=("名称", "单位名称")),
    Column("kind", _("类型"), Kind.CHOICE, choices=KINDS, note=_("新组织要写，登记以后不能改。"), aliases=("组织类型", "组织类别")),
    Column("form", _("党组织形式"), Kind.CHOICE, choices=PARTY_FORMS, note=_("只有社区党组织写。")),
    Column("parent", _("上级组织"), longest=80, note=_("写上级组织的名称；同一张表里新登记的上级也可以。"), aliases=("隶属组织", "上级党组织")),
    Column("phone", _("办公电话"), longest=30, note=_("对外公开，不要写个人手机号。"), example="0000-6620 1101", aliases=("联系电话",)),
    Column("hours", _("办公时间"), longest=80),
    Column("basis", _("设立依据"), longest=200, aliases=("成立依据",)),
    Column("number", _("批准文号"), longest=60, aliases=("批复文号",)),
    Column("credit_code", _("统一社会信用代码"), Kind.CODE, longest=18, aliases=("信用代码",)),
    Column("members", _("申报的党员数"), Kind.WHOLE, least=0, most=9999, note=_("只有物业党支部写人数，不写姓名。")),
    Column("entered_nationally", _("录入全国系统日期"), Kind.DAY),
    Column("begin", _("成立日期"), Kind.DAY, example="2024-05-20", note=_("新组织不写的，从导入那天算。"), aliases=("成立时间",)),
)  # fmt: skip


def judge(powers: Powers, place: Territory, rows: Sequence[Row]) -> list[Verdict]:
    """What each row would do; see `sheets.register.Judge`."""
    return judge_rows(BodyRow, rows, lambda inputs: compare_bodies(powers, place, inputs, day_of(powers.at)), _before)


def _before(line: Any) -> dict[str, Any]:
    was = {name: getattr(line.kept, name) for name in line.changes}
    return was | ({"parent": line.kept.parent.name if line.kept.parent else ""} if "parent" in line.more else {})


def take(actor: Actor, place: Territory, rows: Sequence[Row], *, at: datetime | None, key: str) -> Trace:
    """Write the rows by `bodies.record_bodies`; a chunk that was written before with this key says nothing new."""
    cmd = RecordBodies(place=place.code, rows=tuple(input_of(BodyRow, row) for row in rows))
    done = record_bodies(actor, cmd, at=at, key=key)
    return list(done.trace) if done is not None else []


def undo(actor: Actor, place: Territory, trace: Trace, *, at: datetime | None, key: str) -> None:
    """Take a chunk back by `bodies.withdraw_bodies`; a chunk that changed nothing has nothing to take back."""
    if any(trace):
        withdraw_bodies(actor, WithdrawBodies(place=place.code, trace=tuple(trace)), at=at, key=key)


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The bodies inside a place as they stood on a day, parents before what hangs below them."""
    found = Body.objects.filter(powers.visible("bodies.view_body"), in_force(on), inside("path", place.path, on))
    codes = dict(Territory.objects.filter(path__in=found.values("path")).values_list("path", "code"))
    names = tuple(column.code for column in COLUMNS if column.code not in ("where", "parent"))
    for body in found.select_related("parent").order_by("path", "pk").iterator(2000):
        said = {name: getattr(body, name) for name in names}
        parent = body.parent.name if body.parent is not None else None
        yield {"where": codes[body.path], "parent": parent, **{name: None if value == "" else value for name, value in said.items()}}


BODIES = Register(
    "bodies", _("组织台账"), _("每行一个组织，按所在地和名称对上，只改写了的格子。"), COLUMNS, "bodies.record_bodies", "bodies.view_register",
    LEVELS, judge, take, undo, rows, after=("estates", "buildings"),
)  # fmt: skip
