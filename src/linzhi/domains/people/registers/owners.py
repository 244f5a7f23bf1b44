"""The owners' ledger as Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from linzhi.domains.people.commands.owners import OwnerRow, plan_owners
from linzhi.domains.people.commands.record_owners import RecordOwners, record_owners
from linzhi.domains.people.commands.withdraw_owners import WithdrawOwners, withdraw_owners
from linzhi.domains.people.models import Ownership, Person
from linzhi.domains.people.registers.addresses import ADDRESS, address_of, dwellings_at
from linzhi.domains.people.registers.frame import Book
from linzhi.domains.people.registers.residents import subject
from linzhi.domains.people.rules import FIRM_KINDS, OWNERSHIP_BASES
from linzhi.domains.places.queries import in_force
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Fault, Register, Row
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.models import Territory

OWNER_KINDS = {"person": _("个人"), **FIRM_KINDS}
COLUMNS = (
    Column("number", _("登记号"), Kind.WHOLE, note=_("导出时带出，新业主留空"), least=1),
    *ADDRESS,
    Column("owner", _("业主类型"), Kind.CHOICE, choices=OWNER_KINDS, note=_("不填就是个人"), example="个人"),
    Column("name", _("业主姓名或名称"), Kind.NAME, required=True, key=True, sealed=True, longest=80, example="张三",
           aliases=("业主", "业主姓名", "产权人", "权利人", "姓名")),
    Column("phone", _("手机号"), Kind.PHONE, sealed=True, example="19900000000", aliases=("电话", "联系电话", "手机", "联系方式")),
    Column("credit_code", _("统一社会信用代码"), Kind.CODE, longest=18, note=_("只有单位填")),
    Column("share", _("份额"), Kind.FRACTION, note=_("按份共有写 1/2 这样的份额；一人独有或共同共有不填"), example="1/2"),
    Column("joint", _("共同共有"), Kind.YES_NO, note=_("夫妻等共同共有、不分份额的，填“是”")),
    Column("representative", _("共有人代表"), Kind.YES_NO, note=_("几位共有人中，参加业主大会的那一位填“是”")),
    Column("basis", _("产权依据"), Kind.CHOICE, choices=OWNERSHIP_BASES, example="不动产登记"),
    Column("certificate", _("不动产权证号"), Kind.CODE, sealed=True, longest=60, note=_("可以不填"), aliases=("产权证号", "房产证号")),
    Column("begin", _("取得日期"), Kind.DAY, example="2020-05-01", aliases=("登记日期", "取得时间")),
    Column("end", _("转出日期"), Kind.DAY, note=_("还是业主的留空")),
)  # fmt: skip


def _input(row: Row, found: int) -> OwnerRow:
    share: Fraction = row.get("share") or Fraction(1)
    return OwnerRow(
        dwelling_id=found, owner=row.get("owner") or "person", name=row["name"], phone=row.get("phone") or "",
        credit_code=row.get("credit_code") or "", numerator=share.numerator, denominator=share.denominator,
        joint=bool(row.get("joint")), representative=bool(row.get("representative")), basis=row.get("basis") or "registered",
        certificate=row.get("certificate") or "", begin=row.get("begin"), end=row.get("end"), number=row.get("number"),
    )  # fmt: skip


def _inputs(place: Territory, rows: Sequence[Row]) -> list[OwnerRow | Fault]:
    return [found if isinstance(found, Fault) else _input(row, found) for row, found in zip(rows, dwellings_at(place, rows), strict=True)]


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """Who owns what in the place on a day, by address: firms, and the persons the asker may see; certificates for the roll's keepers."""
    keeps_all = bool(powers.decide("people.record_owners", place))
    seen = Person.objects.filter(powers.visible("people.view_person"))
    found = Ownership.objects.filter(in_force(on), inside("path", place.path, on))
    found = found.filter(person__in=seen) | (
        found.filter(firm__isnull=False) if powers.decide("people.record_owners", place) else found.none()
    )
    ordered = found.select_related("person", "firm", "dwelling__building__estate").order_by(
        "path", "dwelling__unit", "dwelling__room", "pk"
    )
    for one in ordered.iterator(2000):
        share = None if one.numerator == one.denominator else Fraction(one.numerator, one.denominator)
        yield {
            "number": one.pk, **address_of(one.dwelling, one.dwelling.building.estate, one.dwelling.building),
            "owner": one.firm.kind if one.firm else "person", "name": one.firm.name if one.firm else one.person and one.person.name,
            "phone": one.person.phone if one.person else None, "credit_code": one.firm.credit_code if one.firm else None,
            "share": share, "joint": one.joint or None, "representative": one.representative or None, "basis": one.basis,
            "certificate": one.certificate if keeps_all or powers.decide("people.record_owners", one) else None,
            "begin": one.begin, "end": one.end, "person_id": one.person_id,
            "account_id": one.person.account_id if one.person else None,
        }  # fmt: skip


BOOK = Book(_inputs, plan_owners, record_owners, RecordOwners, withdraw_owners, WithdrawOwners)
OWNERS = Register(
    code="owners", title=_("业主台账"), note=_("谁是业主、各占多少。共有人各占一行；未售、未交付的登记在建设单位名下。"), columns=COLUMNS,
    action="people.record_owners", view="people.view_person", levels=("county", "street", "community", "estate", "building"),
    judge=BOOK.judge, take=BOOK.take, undo=BOOK.undo, rows=rows, after=("dwellings",), subject=subject,
    undo_leaves=_("因为这次导入写了转出日期而离任的业委会岗位，不会跟着恢复；要恢复的，撤销以后在“组织和岗位”里重新登记任职。"),
)  # fmt: skip
