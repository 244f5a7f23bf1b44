"""Who lives where, many at once: the form that a survey, a ledger or a form of one row comes in."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from linzhi.domains.people.commands.matching import Neighbours, county_here, must_be_a_place, named_index, refuse_bad
from linzhi.domains.people.commands.register_person import entry, locate
from linzhi.domains.people.commands.residents import ResidentPlan, ResidentRow, plan_residents
from linzhi.domains.people.models import Person, Residence
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.sheets.register import CHUNK, Trace
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of


class RecordResidents(Input):
    """`place` is the code of the place in which all the dwellings lie."""

    place: str
    rows: Annotated[tuple[ResidentRow, ...], Field(min_length=1, max_length=CHUNK), Private]


def _load(cmd: RecordResidents) -> Territory:
    return locate(cmd.place)


@command("people.record_residents", on=_load)
def record_residents(ctx: Context, cmd: RecordResidents, where: Territory) -> Trace:
    """Register new residents and correct known ones, all rows or none; returns what each row did, in their order.

    A row means the resident with its number, else the one of this name in the dwelling; a new one takes the record of the same
    name and phone in the county where there is exactly one, and never that of a look-alike. Refused with the number of the first
    bad row: a dwelling outside the place or not in force, an unknown kind, a phone that isn't one, a masked value that is new.
    Ownership isn't taken from a ledger of residents; it has its own command.
    """
    must_be_a_place(where)
    plans = plan_residents(where, cmd.rows, day_of(ctx.at))
    for number, plan in enumerate(plans, start=1):
        refuse_bad(number, plan.faults)
    fresh = [plan for plan in plans if plan.fresh]
    made = _persons(ctx, where, fresh)
    residences = Residence.objects.bulk_create(_residence(plan) for plan in fresh)
    for plan, residence in zip(fresh, residences, strict=True):
        plan.kept = residence
    changed = [plan for plan in plans if plan.changes]
    _revise(changed)
    trace = [_trace(plan, made) for plan in plans]
    ctx.note(created=len(fresh), changed=len(changed), unchanged=len(plans) - len(fresh) - len(changed))
    return trace


def _persons(ctx: Context, where: Territory, fresh: list[ResidentPlan]) -> set[int]:
    """Give every new resident a person, new ones where nobody is meant; the same name and phone twice in the rows is one person."""
    seen = Neighbours(county_here(where), ())
    new: list[Person] = []
    for plan in fresh:
        assert plan.dwelling is not None
        plan.person = plan.person or seen.same(plan.row.name, plan.phone)
        if plan.person is None:
            plan.person = entry(plan.row.name, plan.phone, plan.dwelling.path, ctx.at)
            seen.add(plan.person, plan.row.name)
            new.append(plan.person)
    Person.objects.bulk_create(new)
    return {person.pk for person in new}


def _residence(plan: ResidentPlan) -> Residence:
    row = plan.row
    assert plan.dwelling is not None
    return Residence(
        person=plan.person, dwelling_id=row.dwelling_id, path=plan.dwelling.path, kind=row.kind, household=row.household,
        named=named_index(row.dwelling_id, row.name), begin=plan.begin, end=row.end,
    )  # fmt: skip


def _revise(changed: list[ResidentPlan]) -> None:
    persons: list[Person] = []
    for plan in changed:
        residence, person = plan.kept, plan.person
        assert residence is not None and person is not None
        for name, (_old, new) in plan.changes.items():
            if name == "name":
                person.name = Sealed.of(str(new), "name")
                residence.named = named_index(residence.dwelling_id, str(new))
            elif name == "phone":
                person.phone, person.phone_index = Sealed.of(str(new), "phone"), blind_index(str(new))
            else:
                setattr(residence, name, new)
        persons.append(person)
    Residence.objects.bulk_update([plan.kept for plan in changed if plan.kept], ["kind", "household", "begin", "end", "named"])
    Person.objects.bulk_update(persons, ["name", "phone", "phone_index"])


def _trace(plan: ResidentPlan, made: set[int]) -> dict[str, Any]:
    assert plan.kept is not None and plan.person is not None
    kept = {name: [None if value is None else str(value) for value in pair] for name, pair in plan.changes.items()}
    return {
        "state": plan.state, "residence": plan.kept.pk, "person": plan.person.pk,
        "new_person": plan.fresh and plan.person.pk in made, "changes": kept,
    }  # fmt: skip
