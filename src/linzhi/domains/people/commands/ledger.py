"""A row of the residents' or the owners' ledger compared with the register: what both have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.matching import (
    MASK,
    Neighbours,
    by_name_of,
    changed_phone,
    county_here,
    dwelling_fault,
    dwellings_in,
    known_at,
    named_indexes,
    phone_of,
    rows_found,
    the_one,
)  # fmt: skip
from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.commands import Input
from linzhi.foundation.sheets.register import Fault
from linzhi.foundation.territory.models import Territory


class LedgerRow(Input):
    """One person at one dwelling from a day until another.

    `number` is that of the row of the register, from an export; without it name and dwelling find the row. An empty `phone`, or the
    mask of what is kept, leaves it as it is.
    """

    dwelling_id: int
    name: Annotated[str, Field(min_length=1)]
    phone: str = ""
    begin: date | None = None
    end: date | None = None
    number: int | None = None


R = TypeVar("R", bound=LedgerRow)
K = TypeVar("K", Residence, Ownership)


@dataclass
class Plan(Generic[R, K]):
    """What one row would do: `kept` is the row of the register that it means, `person` the record it would use, if there are any."""

    row: R
    dwelling: Dwelling | None
    begin: date
    phone: str = ""
    kept: K | None = None
    person: Person | None = None
    fresh: bool = False
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    alike: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """`created`, `changed` or `same`, as a trace says it."""
        return "created" if self.fresh else "changed" if self.changes else "same"

    def wrong(self, column: str, why: str, remedy: str) -> None:
        """Add a fault."""
        self.faults.append(Fault(column, why, remedy))

    def meet(self, neighbours: Neighbours, known: Person | None) -> None:
        """Find the record of somebody new: `known` by the other ledger, else the one with this name and phone; look-alikes only named."""
        self.phone, self.faults = phone_of(self.row.phone)
        self.person = known or neighbours.same(self.row.name, self.phone)
        self.alike = neighbours.alike(self.row.name, self.phone) if self.person is None else ()

    def masked(self, columns: Sequence[str], why: str) -> bool:
        """Whether a new row shows a mask instead of a value, which is then its fault."""
        column = next((name for name in columns if MASK in getattr(self.row, name)), None)
        if column is not None:
            self.wrong(column, why, _("请填写完整，或保留导出时的登记号。"))
        return column is not None

    def compare_phone(self, person: Person) -> None:
        """Note another phone of a known person."""
        old, self.phone, faults = changed_phone(person, self.row.phone)
        self.faults += faults
        if self.phone != old and not faults:
            self.changes["phone"] = (old, self.phone)

    def compare(self, names: Sequence[str]) -> None:
        """Note what is different from the kept row, the first day only where the row says one."""
        for name in names:
            old, new = getattr(self.kept, name), getattr(self.row, name)
            if old != new:
                self.changes[name] = (old, new)
        if self.kept is not None and self.row.begin is not None and self.row.begin != self.kept.begin:
            self.changes["begin"] = (self.kept.begin, self.row.begin)


@dataclass(frozen=True)
class Ledger(Generic[R, K]):
    """What tells the two ledgers apart: their table and the other one's, their own checks, what is done with new and known rows."""

    table: type[K]
    other: Any
    stranger: str
    check: Callable[[Plan[R, K]], list[Fault]]
    enter: Callable[[Plan[R, K], Neighbours, Person | None], None]
    revise: Callable[[Plan[R, K], K], None]

    def plans(self, where: Territory, rows: Sequence[R], today: date) -> list[Plan[R, K]]:
        """Compare rows with the register, in a fixed number of statements; a row with faults has nothing else."""
        dwellings = dwellings_in(where, (row.dwelling_id for row in rows))
        names = [named_indexes(row.dwelling_id, row.name) for row in rows]
        found = rows_found(self.table, [row.number for row in rows if row.number is not None], names, where)
        by_number, by_name = {one.pk: one for one in found}, by_name_of(found, names)
        known = known_at(self.other, names)
        neighbours = Neighbours(county_here(where), [phone_of(row.phone)[0] for row in rows if MASK not in row.phone])
        plans = []
        for row, (index, *_older) in zip(rows, names, strict=True):
            plan: Plan[R, K] = Plan(row, dwellings.get(row.dwelling_id), row.begin or today)
            plan.faults = dwelling_fault(plan.dwelling, plan.begin) + self.check(plan)
            if row.number is not None:
                plan.kept = by_number.get(row.number)
                if plan.kept is None or plan.kept.dwelling_id != row.dwelling_id:
                    plan.wrong("number", _("登记号对不上这套房屋。"), self.stranger)
            else:
                plan.kept = the_one(by_name.get((row.dwelling_id, index), ()), row.begin)
            if not plan.faults:
                if plan.kept is not None:
                    self.revise(plan, plan.kept)
                else:
                    self.enter(plan, neighbours, known.get(index))
            plans.append(plan)
        return plans
