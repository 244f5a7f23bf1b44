"""Rows of the owners' ledger compared with the register: what each would do. The preview and the command both go by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.matching import (
    MASK,
    Neighbours,
    by_name_of,
    county_here,
    dwelling_fault,
    dwellings_in,
    known_at,
    masked_as,
    named_index,
    phone_of,
    rows_found,
    the_one,
    word_fault,
)  # fmt: skip
from linzhi.domains.people.models import Firm, Ownership, Person, Residence
from linzhi.domains.people.rules import FIRM_KINDS, OWNERSHIP_BASES, share_left
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.commands import Input, SafeText
from linzhi.foundation.sheets.register import Fault
from linzhi.foundation.territory.models import Territory

PLAIN = ("numerator", "denominator", "joint", "representative", "basis", "end")


class OwnerRow(Input):
    """One owner of one dwelling. `number` is the ownership's, from an export; without it name and dwelling find the row.

    `owner` is `person` or a kind of firm. Joint owners (共同共有) have no shares. An empty `phone` or `certificate`, or the mask of
    what is kept, leaves it as it is.
    """

    dwelling_id: int
    owner: Literal["person", "developer", "company", "public", "other"] = "person"
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    phone: str = ""
    credit_code: Annotated[str, Field(max_length=18)] = ""
    numerator: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    denominator: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    joint: bool = False
    representative: bool = False
    basis: str = "registered"
    certificate: Annotated[SafeText, Field(max_length=60)] = ""
    begin: date | None = None
    end: date | None = None
    number: int | None = None


@dataclass
class OwnerPlan:
    """What one row would do: `ownership` is the row that it means, `person` or `firm` the owner's record, if there are any."""

    row: OwnerRow
    dwelling: Dwelling | None
    begin: date
    phone: str = ""
    ownership: Ownership | None = None
    person: Person | None = None
    firm: Firm | None = None
    fresh: bool = False
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    alike: tuple[str, ...] = ()


def plan_owners(where: Territory, rows: Sequence[OwnerRow], today: date) -> list[OwnerPlan]:
    """Compare rows with the register, in a fixed number of statements; shares together with the dwelling's other rows."""
    dwellings = dwellings_in(where, (row.dwelling_id for row in rows))
    indexes = [named_index(row.dwelling_id, row.name) for row in rows]
    found = rows_found(Ownership, [row.number for row in rows if row.number is not None], indexes, where)
    by_number, by_name = {one.pk: one for one in found}, by_name_of(found)
    residents = known_at(Residence, indexes)
    firms = {
        firm.name: firm for firm in Firm.objects.filter(county=county_here(where), name__in={r.name for r in rows if r.owner != "person"})
    }
    neighbours = Neighbours(county_here(where), [phone_of(row.phone)[0] for row in rows if MASK not in row.phone])
    plans = []
    for row, index in zip(rows, indexes, strict=True):
        plan = OwnerPlan(row, dwellings.get(row.dwelling_id), row.begin or today)
        plan.faults = _faults(plan)
        plan.ownership = by_number.get(row.number) if row.number else the_one(by_name.get((row.dwelling_id, index), ()), row.begin)
        if row.number is not None and (plan.ownership is None or plan.ownership.dwelling_id != row.dwelling_id):
            plan.faults.append(Fault("number", _("登记号对不上这套房屋。"), _("新的业主请把登记号留空。")))
        if not plan.faults:
            if plan.ownership is not None:
                _revise(plan, plan.ownership)
            else:
                _enter(plan, residents.get(index), firms, neighbours)
        plans.append(plan)
    _check_shares(plans)
    return plans


def _faults(plan: OwnerPlan) -> list[Fault]:
    row = plan.row
    faults = dwelling_fault(plan.dwelling, plan.begin) + word_fault("basis", row.basis, OWNERSHIP_BASES)
    if row.numerator > row.denominator:
        faults.append(Fault("share", _("份额大于一整套。"), _("请写成 1/2 这样的份额。")))
    if row.joint and row.numerator != row.denominator:
        faults.append(Fault("share", _("共同共有不分份额。"), _("请把份额留空，或改成按份共有。")))
    if row.end is not None and row.end < plan.begin:
        faults.append(Fault("end", _("转出日期早于取得日期。"), _("请核对这两个日期。")))
    if row.owner != "person" and row.owner not in FIRM_KINDS:
        faults += word_fault("owner", row.owner, FIRM_KINDS)
    return faults


def _enter(plan: OwnerPlan, resident: Person | None, firms: dict[str, Firm], neighbours: Neighbours) -> None:
    row = plan.row
    for column in ("name", "phone", "certificate"):
        if MASK in getattr(row, column):
            plan.faults.append(Fault(column, _("带星号的内容不能登记为新业主。"), _("请填写完整，或保留导出时的登记号。")))
            return
    plan.fresh = True
    if row.owner != "person":
        plan.firm = firms.get(row.name)
        return
    plan.phone, plan.faults = phone_of(row.phone)
    plan.person = resident or neighbours.same(row.name, plan.phone)
    plan.alike = neighbours.alike(row.name, plan.phone) if plan.person is None else ()


def _revise(plan: OwnerPlan, ownership: Ownership) -> None:
    row = plan.row
    plan.person, plan.firm = ownership.person, ownership.firm
    if (ownership.person_id is None) == (row.owner == "person"):
        plan.faults.append(Fault("owner", _("个人和单位不能互相改。"), _("请先登记转出，再登记新的业主。")))
        return
    kept = ownership.person.name.open_value() if ownership.person else ownership.firm.name if ownership.firm else ""
    if row.name != kept and not masked_as(kept, row.name, "name"):
        plan.faults.append(
            Fault("name", _("姓名和登记的不一样，产权不能改名转给别人。"), _("换了业主，请先登记转出；写错了，请在人员页上更正。"))
        )
    if ownership.person is not None and row.phone:
        kept = ownership.person.phone.open_value()
        if not masked_as(kept, row.phone, "phone"):
            plan.phone, faults = phone_of(row.phone)
            plan.faults += faults
            if plan.phone != kept and not faults:
                plan.changes["phone"] = (kept, plan.phone)
    kept = ownership.certificate.open_value()
    if row.certificate and row.certificate != kept and not masked_as(kept, row.certificate, "code"):
        plan.changes["certificate"] = (kept, row.certificate)
    for name in PLAIN:
        if getattr(ownership, name) != getattr(row, name):
            plan.changes[name] = (getattr(ownership, name), getattr(row, name))
    if row.begin is not None and row.begin != ownership.begin:
        plan.changes["begin"] = (ownership.begin, row.begin)


def _check_shares(plans: Sequence[OwnerPlan]) -> None:
    """Add a fault where a dwelling's shares in force would exceed the whole, or joint and several owners would stand side by side."""
    touched = {plan.row.dwelling_id for plan in plans if not plan.faults and plan.row.end is None}
    meant = {plan.ownership.pk for plan in plans if plan.ownership is not None}
    others: dict[int, list[tuple[int, int, bool, bool]]] = {}
    kept = Ownership.objects.filter(dwelling_id__in=touched, end__isnull=True).exclude(pk__in=meant)
    for one in kept:
        others.setdefault(one.dwelling_id, []).append((one.numerator, one.denominator, one.joint, one.representative))
    for plan in plans:
        row = plan.row
        if plan.faults or row.end is not None:
            continue
        shares = others.setdefault(row.dwelling_id, [])
        shares.append((row.numerator, row.denominator, row.joint, row.representative))
        plan.faults += _share_faults(shares)


def _share_faults(shares: Iterable[tuple[int, int, bool, bool]]) -> list[Fault]:
    rows = list(shares)
    if len({joint for _top, _bottom, joint, _represents in rows}) > 1:
        return [Fault("joint", _("同一套房屋的业主，有的写共同共有，有的写份额。"), _("请核对不动产登记，写成同一种。"))]
    if not rows[0][2] and share_left((top, bottom) for top, bottom, _joint, _represents in rows) < Fraction(0):
        return [Fault("share", _("产权份额加起来超过了一整套。"), _("请核对份额，或先登记转出。"))]
    if sum(represents for *_rest, represents in rows) > 1:
        return [Fault("representative", _("一套房屋只能有一位共有人代表。"), _("请只保留一位。"))]
    return []
