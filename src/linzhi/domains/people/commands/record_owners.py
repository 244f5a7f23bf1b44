"""Who owns what, many at once: the form that an owners' roll, a ledger or a form of one row comes in."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from linzhi.domains.people.commands.matching import Neighbours, county_here, must_be_a_place, named_index, refuse_bad
from linzhi.domains.people.commands.owners import OwnerPlan, OwnerRow, firms_named, plan_owners
from linzhi.domains.people.commands.register_person import entry, locate
from linzhi.domains.people.events import OwnershipEnded
from linzhi.domains.people.models import Firm, Ownership, Person
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.sheets.register import CHUNK, Trace
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of

FIELDS = ["numerator", "denominator", "joint", "representative", "basis", "begin", "end", "certificate", "certificate_index"]


class RecordOwners(Input):
    """`place` is the code of the place in which all the dwellings lie."""

    place: str
    rows: Annotated[tuple[OwnerRow, ...], Field(min_length=1, max_length=CHUNK), Private]


def _load(cmd: RecordOwners) -> Territory:
    return locate(cmd.place)


@command("people.record_owners", on=_load)
def record_owners(ctx: Context, cmd: RecordOwners, where: Territory) -> Trace:
    """Register new owners and correct known ones, all rows or none; returns what each row did, in their order.

    A row means the ownership with its number, else the one of this name in the dwelling. A new owner takes the record of the
    resident of the same name there, or of the one person with the same name and phone. Refused with the number of the first bad
    row: shares over the whole, joint and several owners of one dwelling, two representatives, another name in place of an owner's
    (who has sold is ended and the buyer entered), a dwelling outside the place. An ownership that ends is told to those who
    hold posts by it.
    """
    must_be_a_place(where)
    plans = plan_owners(where, cmd.rows, day_of(ctx.at))
    for number, plan in enumerate(plans, start=1):
        refuse_bad(number, plan.faults)
    fresh = [plan for plan in plans if plan.fresh]
    firms, new_persons, new_firms = _owners(ctx, where, fresh)
    made = Ownership.objects.bulk_create(_ownership(plan, firms.get(plan.row.name) if plan.person is None else None) for plan in fresh)
    for plan, ownership in zip(fresh, made, strict=True):
        plan.kept = ownership
    changed = [plan for plan in plans if plan.changes]
    _revise(ctx, changed)
    ctx.note(created=len(fresh), changed=len(changed), unchanged=len(plans) - len(fresh) - len(changed))
    return [_trace(plan, new_persons, new_firms) for plan in plans]


def _owners(ctx: Context, where: Territory, fresh: list[OwnerPlan]) -> tuple[dict[str, Firm], set[int], set[int]]:
    """Give every new ownership its owner's record, new ones where nobody is meant; one name and phone in the rows is one owner.

    Returns the firms by name, and which persons and firms are new.
    """
    seen = Neighbours(county_here(where), ())
    persons: list[Person] = []
    known, firms = firms_named(where, (plan.row for plan in fresh)), dict[str, Firm]()
    for plan in fresh:
        row = plan.row
        assert plan.dwelling is not None
        if row.owner != "person":
            if row.name not in known:
                made = Firm(name=row.name, credit_code=row.credit_code, kind=row.owner, county=county_here(where))
                known[row.name] = firms[row.name] = made
            continue
        plan.person = plan.person or seen.same(row.name, plan.phone)
        if plan.person is None:
            plan.person = entry(row.name, plan.phone, plan.dwelling.path, ctx.at)
            seen.add(plan.person, row.name)
            persons.append(plan.person)
    Person.objects.bulk_create(persons)
    Firm.objects.bulk_create(firms.values())
    return known, {person.pk for person in persons}, {firm.pk for firm in firms.values()}


def _ownership(plan: OwnerPlan, firm: Firm | None) -> Ownership:
    row = plan.row
    assert plan.dwelling is not None
    sealed: dict[str, Any] = {"certificate": Sealed.of(row.certificate, "code")}
    return Ownership(
        person=plan.person, firm=firm, dwelling_id=row.dwelling_id, path=plan.dwelling.path, numerator=row.numerator,
        denominator=row.denominator, joint=row.joint, representative=row.representative, basis=row.basis,
        named=named_index(row.dwelling_id, row.name), certificate_index=blind_index(row.certificate) if row.certificate else "",
        begin=plan.begin, end=row.end, **sealed,
    )  # fmt: skip


def _revise(ctx: Context, changed: list[OwnerPlan]) -> None:
    persons: list[Person] = []
    rows: list[Ownership] = []
    for plan in changed:
        ownership = plan.kept
        assert ownership is not None
        rows.append(ownership)
        for name, (_old, new) in plan.changes.items():
            if name == "phone" and plan.person is not None:
                plan.person.phone, plan.person.phone_index = Sealed.of(str(new), "phone"), blind_index(str(new))
                persons.append(plan.person)
            elif name == "certificate":
                ownership.certificate, ownership.certificate_index = Sealed.of(str(new), "code"), blind_index(str(new))
            else:
                setattr(ownership, name, new)
        if plan.changes.get("end", (None, None))[1] is not None and ownership.person_id is not None:
            ctx.emit(OwnershipEnded(ownership.person_id, ownership.path))
    Ownership.objects.bulk_update(rows, FIELDS)
    Person.objects.bulk_update(persons, ["phone", "phone_index"])


def _trace(plan: OwnerPlan, new_persons: set[int], new_firms: set[int]) -> dict[str, Any]:
    assert plan.kept is not None
    person, firm = plan.kept.person_id, plan.kept.firm_id
    return {
        "state": plan.state, "ownership": plan.kept.pk,
        "new_person": person if plan.fresh and person in new_persons else None,
        "new_firm": firm if plan.fresh and firm in new_firms else None,
        "changes": {name: [None if value is None else str(value) for value in pair] for name, pair in plan.changes.items()},
    }  # fmt: skip
