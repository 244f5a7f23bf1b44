"""The members of an estate as Excel: a ledger of the closed room, for the party line alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people import queries
from linzhi.domains.people.commands.record_memberships import MemberRow, RecordMemberships, plan_memberships, record_memberships
from linzhi.domains.people.commands.withdraw_memberships import WithdrawMemberships, withdraw_memberships
from linzhi.domains.people.models import Person
from linzhi.domains.people.queries import members as room
from linzhi.domains.people.registers.addresses import ADDRESS, address_of, dwellings_at
from linzhi.domains.people.registers.frame import Book
from linzhi.domains.people.registers.whom import is_masked, persons_at
from linzhi.domains.people.rules import MEMBERSHIP_KINDS, STANDINGS
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.privacy.masking import mask
from linzhi.foundation.sheets.columns import Column, Kind
from linzhi.foundation.sheets.register import Fault, Register, Row
from linzhi.foundation.territory.models import Territory

COLUMNS = (
    Column("number", _("登记号"), Kind.WHOLE, note=_("导出时带出，新登记的留空"), least=1),
    *ADDRESS,
    Column("name", _("姓名"), Kind.NAME, required=True, key=True, sealed=True, longest=40, example="张三", aliases=("党员姓名",)),
    Column("phone", _("手机号"), Kind.PHONE, sealed=True, note=_("同一套房里有同名的人时，用它认人"), aliases=("电话", "联系电话", "手机")),
    Column("kind", _("关系"), Kind.CHOICE, choices=MEMBERSHIP_KINDS, example="非在册", aliases=("党员类型", "类别")),
    Column("standing", _("身份"), Kind.CHOICE, choices=STANDINGS, example="正式", aliases=("正式或预备",)),
    Column("full_since", _("转正日期"), Kind.DAY, note=_("正式党员要填；记不清日，写当月 1 日"), aliases=("转正时间",)),
    Column("settled", _("从哪天起一直住在本小区"), Kind.DAY, note=_("只留两年之内的日期"), aliases=("居住起始",)),
    Column("seat", _("组织关系在哪里"), sealed=True, longest=80, aliases=("所在党组织", "组织关系所在支部")),
    Column("willing", _("愿意承担工作"), Kind.YES_NO),
    Column("begin", _("登记日期"), Kind.DAY),
    Column("end", _("转出日期"), Kind.DAY, note=_("还在的留空")),
)  # fmt: skip


def _inputs(place: Territory, rows: Sequence[Row]) -> list[MemberRow | Fault]:
    """Whom each row means: by its number from an export, else the one of this name in the dwelling. A fixed number of statements."""
    numbered = room.persons_behind(place.path, (row["number"] for row in rows if row.get("number")))
    missing = Fault("name", _t("这套房屋的住户和业主里没有这个人。"), _t("请社区先登记住户，再来登记党员。"))
    named = persons_at(place, rows, dwellings_at(place, rows), missing)
    found = [_by_number(row, numbered) if row.get("number") else one for row, one in zip(rows, named, strict=True)]
    return [one if isinstance(one, Fault) else _input(row, one) for row, one in zip(rows, found, strict=True)]


def _by_number(row: Row, numbered: dict[int, Person]) -> int | Fault:
    person = numbered.get(row["number"])
    if person is None:
        return Fault("number", _t("登记号对不上这个小区的党员名册。"), _t("新登记的请把登记号留空。"))
    shown = str(row["name"]) if is_masked(row, "name") else mask(str(row["name"]), "name")
    return person.pk if shown == person.name.masked else Fault("name", _t("姓名和登记号对不上。"), _t("请核对，新登记的请把登记号留空。"))


def _input(row: Row, person_id: int) -> MemberRow:
    return MemberRow(
        person_id=person_id, kind=row.get("kind") or "living", standing=row.get("standing") or "full", full_since=row.get("full_since"),
        settled=row.get("settled"), seat="" if is_masked(row, "seat") else row.get("seat") or "", willing=bool(row.get("willing")),
        begin=row.get("begin"), end=row.get("end"),
    )  # fmt: skip


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The members of the place on a day with an address of theirs there; nobody but the party line gets a row."""
    found = room.members_of(powers, place.path, on)
    ids = {one.person.pk for one in found if one.person is not None}
    homes = queries.addresses_of(ids, place.path, on)
    for one in found:
        if one.person is None:
            continue
        kept = one.membership
        home = homes.get((one.person.pk, kept.path))
        address = address_of(home, home.building.estate, home.building) if home is not None else {}
        yield {
            "number": kept.pk, **{column.code: address.get(column.code) for column in ADDRESS}, "name": one.person.name,
            "phone": one.person.phone, "kind": kept.kind, "standing": kept.standing, "full_since": kept.full_since,
            "settled": kept.settled, "seat": kept.seat, "willing": kept.willing or None, "begin": kept.begin, "end": kept.end,
        }  # fmt: skip


def subject(row: Row) -> tuple[str, int | None]:
    """Under what the opening of a row's sealed values is logged: the membership, and no account beside it (see `reveal_member`)."""
    return f"people.membership:{row['number']}", None


BOOK = Book(_inputs, plan_memberships, record_memberships, RecordMemberships, withdraw_memberships, WithdrawMemberships, "estate")
MEMBERS = Register(
    code="members", title=_("党员名册"), note=_("小区里的党员，本人说了才登记。只有小区党支部书记和社区党务工作者能导入、导出。"),
    columns=COLUMNS, action="people.record_memberships", view="people.view_memberships", levels=("estate",),
    judge=BOOK.judge, take=BOOK.take, undo=BOOK.undo, rows=rows, after=("residents", "owners"), subject=subject,
)  # fmt: skip
