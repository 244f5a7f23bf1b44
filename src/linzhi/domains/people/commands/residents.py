"""Rows of the residents' ledger compared with the register: what each would do. The preview and the command both go by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

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
from linzhi.domains.people.commands.register_person import PersonName
from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.domains.people.rules import RESIDENCE_KINDS
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.commands import Input
from linzhi.foundation.sheets.register import Fault
from linzhi.foundation.territory.models import Territory


class ResidentRow(Input):
    """One person who lives in one dwelling. `number` is the residence's, from an export; without it name and dwelling find the row.

    `household` tells the households of a dwelling apart. An empty `phone`, or the mask of the kept one, leaves it as it is.
    """

    dwelling_id: int
    name: PersonName
    phone: str = ""
    kind: str = "owner_occupier"
    household: Annotated[int, Field(ge=1, le=50)] = 1
    begin: date | None = None
    end: date | None = None
    number: int | None = None


@dataclass
class ResidentPlan:
    """What one row would do: `residence` is the row in force that it means, `person` the record it would use, if there are any."""

    row: ResidentRow
    dwelling: Dwelling | None
    begin: date
    phone: str = ""
    residence: Residence | None = None
    person: Person | None = None
    fresh: bool = False
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    alike: tuple[str, ...] = ()


def plan_residents(where: Territory, rows: Sequence[ResidentRow], today: date) -> list[ResidentPlan]:
    """Compare rows with the register, in a fixed number of statements; a row with faults has nothing else."""
    dwellings = dwellings_in(where, (row.dwelling_id for row in rows))
    indexes = [named_index(row.dwelling_id, row.name) for row in rows]
    numbers = [row.number for row in rows if row.number is not None]
    found = rows_found(Residence, numbers, indexes, where)
    by_number = {residence.pk: residence for residence in found}
    by_name = by_name_of(found)
    owners = known_at(Ownership, indexes)
    neighbours = Neighbours(county_here(where), [phone_of(row.phone)[0] for row in rows if MASK not in row.phone])
    plans = []
    for row, index in zip(rows, indexes, strict=True):
        plan = ResidentPlan(row, dwellings.get(row.dwelling_id), row.begin or today)
        plan.faults = dwelling_fault(plan.dwelling, plan.begin) + word_fault("kind", row.kind, RESIDENCE_KINDS)
        if row.end is not None and row.end < plan.begin:
            plan.faults.append(Fault("end", _("搬离日期早于入住日期。"), _("请核对这两个日期。")))
        if row.number is not None:
            plan.residence = by_number.get(row.number)
            if plan.residence is None or plan.residence.dwelling_id != row.dwelling_id:
                plan.faults.append(Fault("number", _("登记号对不上这套房屋。"), _("新的住户请把登记号留空。")))
        else:
            plan.residence = the_one(by_name.get((row.dwelling_id, index), ()), row.begin)
        if not plan.faults:
            _revise(plan) if plan.residence else _enter(plan, neighbours, owners.get(index))
        plans.append(plan)
    return plans


def _enter(plan: ResidentPlan, neighbours: Neighbours, owner: Person | None) -> None:
    if MASK in plan.row.name or MASK in plan.row.phone:
        column = "name" if MASK in plan.row.name else "phone"
        plan.faults.append(Fault(column, _("带星号的内容不能登记为新住户。"), _("请填写完整，或保留导出时的登记号。")))
        return
    plan.fresh = True
    plan.phone, plan.faults = phone_of(plan.row.phone)
    plan.person = owner or neighbours.same(plan.row.name, plan.phone)
    plan.alike = neighbours.alike(plan.row.name, plan.phone) if plan.person is None else ()


def _revise(plan: ResidentPlan) -> None:
    row, residence = plan.row, plan.residence
    assert residence is not None
    plan.person = person = residence.person
    kept = person.name.open_value()
    if row.name != kept and not masked_as(kept, row.name, "name"):
        plan.changes["name"] = (kept, row.name)
        if MASK in row.name:
            plan.faults.append(Fault("name", _("带星号的姓名和原来的对不上。"), _("请填写完整姓名，或保持导出时的样子。")))
    kept = person.phone.open_value()
    if row.phone and not masked_as(kept, row.phone, "phone"):
        plan.phone, faults = phone_of(row.phone)
        plan.faults += faults
        if plan.phone != kept and not faults:
            plan.changes["phone"] = (kept, plan.phone)
    for name in ("kind", "household", "end"):
        old, new = getattr(residence, name), getattr(row, name)
        if old != new:
            plan.changes[name] = (old, new)
    if row.begin is not None and row.begin != residence.begin:
        plan.changes["begin"] = (residence.begin, row.begin)
