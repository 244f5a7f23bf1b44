"""Rows of the residents' ledger compared with the register: what each would do. The preview and the command both go by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.ledger import Ledger, LedgerRow, Plan
from linzhi.domains.people.commands.matching import MASK, Neighbours, masked_as, word_fault
from linzhi.domains.people.commands.register_person import PersonName
from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.domains.people.rules import RESIDENCE_KINDS
from linzhi.foundation.sheets.register import Fault
from linzhi.foundation.territory.models import Territory


class ResidentRow(LedgerRow):
    """One person who lives in one dwelling. `number` is the residence's; `household` tells the households of a dwelling apart."""

    name: PersonName
    kind: str = "owner_occupier"
    household: Annotated[int, Field(ge=1, le=50)] = 1


ResidentPlan = Plan[ResidentRow, Residence]


def plan_residents(where: Territory, rows: Sequence[ResidentRow], today: date) -> list[ResidentPlan]:
    """Compare rows with the register, in a fixed number of statements; a row with faults has nothing else."""
    stranger = _("新的住户请把登记号留空。")
    ledger: Ledger[ResidentRow, Residence] = Ledger(Residence, Ownership, stranger, _faults, _enter, _revise)
    return ledger.plans(where, rows, today)


def _faults(plan: ResidentPlan) -> list[Fault]:
    faults = word_fault("kind", plan.row.kind, RESIDENCE_KINDS)
    if plan.row.end is not None and plan.row.end < plan.begin:
        faults.append(Fault("end", _("搬离日期早于入住日期。"), _("请核对这两个日期。")))
    return faults


def _enter(plan: ResidentPlan, neighbours: Neighbours, owner: Person | None) -> None:
    if not plan.masked(("name", "phone"), _("带星号的内容不能登记为新住户。")):
        plan.fresh = True
        plan.meet(neighbours, owner)


def _revise(plan: ResidentPlan, residence: Residence) -> None:
    row = plan.row
    plan.person = person = residence.person
    kept = person.name.open_value()
    if row.name != kept and not masked_as(kept, row.name, "name"):
        plan.changes["name"] = (kept, row.name)
        if MASK in row.name:
            plan.wrong("name", _("带星号的姓名和原来的对不上。"), _("请填写完整姓名，或保持导出时的样子。"))
    plan.compare_phone(person)
    plan.compare(("kind", "household", "end"))
