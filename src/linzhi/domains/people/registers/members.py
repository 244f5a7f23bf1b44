"""The members of an estate as Excel: a ledger of the closed room, for the party line alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linzhi.domains.people.commands.matching import named_index
from linzhi.domains.people.commands.record_memberships import MemberRow, RecordMemberships, plan_memberships, record_memberships
from linzhi.domains.people.commands.withdraw_memberships import WithdrawMemberships, withdraw_memberships
from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.domains.people.queries import members as room
from linzhi.domains.people.registers.addresses import ADDRESS, address_of, dwellings_at
from linzhi.domains.people.rules import MEMBERSHIP_KINDS, STANDINGS
from linzhi.domains.places.queries import in_force
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.privacy.masking import mask
from linzhi.foundation.privacy.sealing import blind_indexes
from linzhi.foundation.sheets.columns import Column, Kind, Masked
from linzhi.foundation.sheets.register import Fault, Register, Row, Trace, Verdict
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.actor import Actor
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused

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
    homes = dwellings_at(place, rows)
    named = {
        named_index(home, row["name"]) for row, home in zip(rows, homes, strict=True) if isinstance(home, int) and not _masked(row, "name")
    }
    found: dict[str, dict[int, str]] = {}
    for model in (Residence, Ownership):
        there = model.objects.filter(within("path", place.path), named__in=named, end__isnull=True, person__isnull=False)
        for index, person_id, phone in there.values_list("named", "person_id", "person__phone_index"):
            found.setdefault(index, {})[person_id] = phone
    inputs: list[MemberRow | Fault] = []
    for row, home in zip(rows, homes, strict=True):
        one = _by_number(row, numbered) if row.get("number") else _by_name(row, home, found)
        inputs.append(one if isinstance(one, Fault) else _input(row, one))
    return inputs


def _masked(row: Row, code: str) -> bool:
    return isinstance(row.get(code), Masked)


def _by_number(row: Row, numbered: dict[int, Person]) -> int | Fault:
    person = numbered.get(row["number"])
    if person is None:
        return Fault("number", _t("登记号对不上这个小区的党员名册。"), _t("新登记的请把登记号留空。"))
    shown = str(row["name"]) if _masked(row, "name") else mask(str(row["name"]), "name")
    return person.pk if shown == person.name.masked else Fault("name", _t("姓名和登记号对不上。"), _t("请核对，新登记的请把登记号留空。"))


def _by_name(row: Row, home: int | Fault, found: dict[str, dict[int, str]]) -> int | Fault:
    if isinstance(home, Fault):
        return home
    if _masked(row, "name"):
        return Fault("name", _t("带星号的姓名认不出是谁。"), _t("请填写完整姓名，或保留导出时的登记号。"))
    there = found.get(named_index(home, row["name"]), {})
    if len(there) > 1 and row.get("phone") and not _masked(row, "phone"):
        wanted = blind_indexes(row["phone"])
        there = {pk: phone for pk, phone in there.items() if phone in wanted}
    if len(there) > 1:
        return Fault("phone", _t("这套房屋里有同名的人。"), _t("请填上手机号，好认出是哪一位。"))
    if not there:
        return Fault("name", _t("这套房屋的住户和业主里没有这个人。"), _t("请社区先登记住户，再来登记党员。"))
    return next(iter(there))


def _input(row: Row, person_id: int) -> MemberRow:
    return MemberRow(
        person_id=person_id, kind=row.get("kind") or "living", standing=row.get("standing") or "full", full_since=row.get("full_since"),
        settled=row.get("settled"), seat="" if _masked(row, "seat") else row.get("seat") or "", willing=bool(row.get("willing")),
        begin=row.get("begin"), end=row.get("end"),
    )  # fmt: skip


def judge(powers: Powers, place: Territory, rows: Sequence[Row]) -> list[Verdict]:
    """What each row would do; see `sheets.register.Judge`."""
    inputs = _inputs(place, rows)
    plans = iter(plan_memberships(place, [one for one in inputs if isinstance(one, MemberRow)], day_of(powers.at)))
    verdicts = []
    for one in inputs:
        if isinstance(one, Fault):
            verdicts.append(Verdict("bad", (one,)))
            continue
        plan = next(plans)
        state: Any = "bad" if plan.faults else "new" if plan.fresh else "changed" if plan.changes else "same"
        verdicts.append(Verdict(state, tuple(plan.faults), {name: old for name, (old, _new) in plan.changes.items()}))
    return verdicts


def take(actor: Actor, place: Territory, rows: Sequence[Row], *, at: datetime | None, key: str) -> Trace:
    """Write the rows by `people.record_memberships`; see `sheets.register.Take`."""
    inputs = _inputs(place, rows)
    bad = next((one for one in inputs if isinstance(one, Fault)), None)
    if bad is not None:
        raise Refused("people.bad_row", f"{bad.why}{bad.remedy}", status=422)
    good = tuple(one for one in inputs if isinstance(one, MemberRow))
    return record_memberships(actor, RecordMemberships(estate=place.code, rows=good), at=at, key=key)


def undo(actor: Actor, place: Territory, trace: Trace, *, at: datetime | None, key: str) -> None:
    """Take a chunk back by `people.withdraw_memberships`."""
    withdraw_memberships(actor, WithdrawMemberships(estate=place.code, trace=trace), at=at, key=key)


def rows(powers: Powers, place: Territory, on: date) -> Iterator[Row]:
    """The members of the place on a day with an address of theirs there; nobody but the party line gets a row."""
    found = room.members_of(powers, place.path, on)
    ids = {one.person.pk for one in found if one.person is not None}
    homes: dict[tuple[int | None, str], Any] = {}
    for model in (Residence, Ownership):
        lived = model.objects.filter(in_force(on), within("path", place.path), person_id__in=ids)
        for row in lived.select_related("dwelling__building__estate").order_by("pk"):
            homes.setdefault((row.person_id, row.dwelling.building.estate.path), row.dwelling)
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


MEMBERS = Register(
    code="members", title=_("党员名册"), note=_("小区里的党员，本人说了才登记。只有小区党支部书记和社区党务工作者能导入、导出。"),
    columns=COLUMNS, action="people.record_memberships", view="people.view_memberships", levels=("estate",),
    judge=judge, take=take, undo=undo, rows=rows, after=("residents", "owners"), subject=subject,
)  # fmt: skip
