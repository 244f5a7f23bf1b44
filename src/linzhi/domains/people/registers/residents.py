"""The residents' ledger as Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from linzhi.domains.people.commands.record_residents import RecordResidents, record_residents
from linzhi.domains.people.commands.residents import ResidentRow, plan_residents
from linzhi.domains.people.commands.withdraw_residents import WithdrawResidents, withdraw_residents
from linzhi.domains.people.models import Person, Residence
from linzhi.domains.people.registers.addresses import ADDRESS, address_of, dwellings_at
from linzhi.domains.people.registers.frame import Book
from linzhi.domains.people.rules import RESIDENCE_KINDS
from linzhi.domains.places.queries import in_force
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Fault, Register, Row
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory

COLUMNS = (
    Column("number", _("登记号"), Kind.WHOLE, note=_("导出时带出，新住户留空"), least=1),
    *ADDRESS,
    Column("name", _("姓名"), Kind.NAME, required=True, key=True, sealed=True, longest=40, example="张三",
           aliases=("住户姓名", "居民姓名", "户主", "户主姓名")),
    Column("phone", _("手机号"), Kind.PHONE, sealed=True, example="19900000000", aliases=("电话", "联系电话", "手机", "联系方式", "手机号码")),
    Column("kind", _("居住类型"), Kind.CHOICE, choices=RESIDENCE_KINDS, example="业主自住", aliases=("住户类型", "类型", "居住性质")),
    Column("household", _("户序"), Kind.WHOLE, least=1, most=50, note=_("同一套房里有几户时，填第几户；只有一户可以不填")),
    Column("begin", _("入住日期"), Kind.DAY, example="2020-05-01", aliases=("居住起始", "入住时间", "迁入日期")),
    Column("end", _("搬离日期"), Kind.DAY, note=_("还住着的留空"), aliases=("迁出日期", "搬离时间")),
)  # fmt: skip


def _inputs(place: Territory, rows: Sequence[Row]) -> list[ResidentRow | Fault]:
    return [
        found if isinstance(found, Fault) else ResidentRow(
            dwelling_id=found, name=row["name"], phone=row.get("phone") or "", kind=row.get("kind") or "owner_occupier",
            household=row.get("household") or 1, begin=row.get("begin"), end=row.get("end"), number=row.get("number"),
        )
        for row, found in zip(rows, dwellings_at(place, rows), strict=True)
    ]  # fmt: skip


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """Who lives in the place on a day, by address, among those the asker may see."""
    seen = Person.objects.filter(powers.visible("people.view_person"))
    found = Residence.objects.filter(in_force(on), inside("path", place.path, on), person__in=seen)
    ordered = found.select_related("person", "dwelling__building__estate").order_by(
        "path", "dwelling__unit", "dwelling__room", "household", "pk"
    )
    for one in ordered.iterator(2000):
        yield {
            "number": one.pk, **address_of(one.dwelling, one.dwelling.building.estate, one.dwelling.building),
            "name": one.person.name, "phone": one.person.phone, "kind": one.kind, "household": one.household, "begin": one.begin,
            "end": one.end, "person_id": one.person_id, "account_id": one.person.account_id,
        }  # fmt: skip


def subject(row: Row) -> tuple[str, int | None]:
    """Under what and concerning whom the opening of a row's sealed values is logged."""
    return f"people.person:{row['person_id']}", row["account_id"]


BOOK = Book(_inputs, plan_residents, record_residents, RecordResidents, withdraw_residents, WithdrawResidents)
RESIDENTS = Register(
    code="residents", title=_("住户台账"), note=_("谁住在哪里。只收需要的：姓名、住址、手机号（自愿）。不收身份证号。"), columns=COLUMNS,
    action="people.record_residents", view="people.view_person", levels=("county", "street", "community", "estate", "building"),
    judge=BOOK.judge, take=BOOK.take, undo=BOOK.undo, rows=rows, after=("dwellings",), subject=subject,
)  # fmt: skip
