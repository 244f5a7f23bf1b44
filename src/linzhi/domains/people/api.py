"""People in the API, for programs of the place's workers: who lives and owns where, masked, and what changes it. Nobody's membership.

An operation of a command is called after the command. Reads are called:

    people.list_homes      the register by address, as the desk shows it     (actions people.view_person, places.view_dwelling)
    people.view_person     one person                                        (people.view_person)
    people.list_counts     counts of a place on a day, which name nobody     (people.record_residents)
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from linzhi.domains.people.commands import (
    CorrectPerson,
    EndOwnership,
    MoveIn,
    MoveOut,
    RecordOwners,
    RecordOwnership,
    RecordResidents,
    RegisterPerson,
    correct_person,
    end_ownership,
    move_in,
    move_out,
    record_owners,
    record_ownership,
    record_residents,
    register_person,
)  # fmt: skip
from linzhi.domains.people.commands.owners import plan_owners
from linzhi.domains.people.commands.residents import plan_residents
from linzhi.domains.people.models import Ownership, Person, Residence
from linzhi.domains.people.queries import roll
from linzhi.foundation.sheets.register import Trace
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of, now
from linzhi.kernel.refused import NotFound
from linzhi.web.api import (
    CURSOR,
    LIMIT,
    NEXT,
    REPEAT_KEY,
    Code,
    Out,
    actor_of,
    body_of,
    cursor_of,
    given_in,
    position_of,
    powers_of,
    require,
)

router = Router(tags=["人员"])
ON: Any = Query(None, description="哪一天的情况；不填是今天。")
Who = Annotated[str, Field(pattern=r"^(lived|tenant|owned|unowned)?$")]
Words = Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]
READS = ("people.list_homes", "people.view_person", "people.list_counts")


class PersonOut(Out):
    """A person, name and phone masked. To open one is an act on the desk, with a purpose that the person can read."""

    id: int
    name: str
    phone: str
    has_account: bool


class ResidenceOut(Out):
    """Somebody lives in a dwelling from a day until another; `kind` is a word of the register."""

    id: int
    person_id: int
    dwelling_id: int
    kind: str
    household: int
    begin: date
    end: date | None


class OwnershipOut(Out):
    """A person or a firm owns a dwelling or `numerator`/`denominator` of it; joint owners (共同共有) have no shares."""

    id: int
    person_id: int | None
    firm: str
    dwelling_id: int
    numerator: int
    denominator: int
    joint: bool
    representative: bool
    basis: str
    begin: date
    end: date | None


class HomeOut(Out):
    """A dwelling with who lives there and who owns it; `persons` has those named by either, once."""

    dwelling_id: int
    building: str
    label: str
    residences: list[ResidenceOut]
    ownerships: list[OwnershipOut]
    persons: list[PersonOut]


class HomePage(Out):
    """A page of the register, in the order of addresses."""

    items: list[HomeOut]
    next: str = Field(description=str(NEXT))


class KnownOut(PersonOut):
    """A person with homes and titles in the asker's own places, past ones too; `elsewhere` says that there are others."""

    residences: list[ResidenceOut]
    ownerships: list[OwnershipOut]
    elsewhere: bool


class CountsOut(Out):
    """Of a place on a day: dwellings lived in, residents, owners who are persons, homes, homes without an owner in the register."""

    on: date
    households: int
    residents: int
    owners: int
    homes: int
    unowned: int


class RecordedOut(Out):
    """What a row did: `created`, `changed` or `same`; which row of the register it is, and whose."""

    state: str
    id: int
    person_id: int | None


@router.get("/people/homes", response=HomePage, operation_id="people.list_homes", summary="住户和业主，按地址")
def list_homes(
    request: HttpRequest,
    place: Query[Code],
    who: Who = "",
    text: Words = "",
    on: date | None = ON,
    cursor: str = CURSOR,
    limit: int = LIMIT,
) -> HomePage:
    """The dwellings inside a place with who lives there and who owns them on a day, for its workers. 404 for what isn't the asker's."""
    powers, where = _place(request, place)
    require(powers, "places.view_dwelling")
    after = tuple(position_of(cursor, str, int, str, int, int, str, int)) if cursor else None
    day = min(on or day_of(powers.at), day_of(powers.at))
    found = roll.by_address(powers, where.path, who=who, text=text, on=day, after=after, count=limit)
    return HomePage(items=[_home(one) for one in found.rows], next=cursor_of(*found.next) if found.next else "")


@router.get("/people/counts", response=CountsOut, operation_id="people.list_counts", summary="人数和户数")
def list_counts(request: HttpRequest, place: Query[Code], on: date | None = ON) -> CountsOut:
    """The counts of a place on a day, for its workers. 404 for what isn't the asker's."""
    powers, where = _place(request, place)
    day = min(on or day_of(powers.at), day_of(powers.at))
    found = roll.totals(where.path, day)
    return CountsOut(on=day, **{name: getattr(found, name) for name in CountsOut.model_fields if name != "on"})


@router.get("/people/{int:person_id}", response=KnownOut, operation_id="people.view_person", summary="看一个人")
def view_person(request: HttpRequest, person_id: int) -> KnownOut:
    """One person, masked. 404 for somebody whom the asker may not see, as for nobody."""
    powers = powers_of(request)
    require(powers, "people.view_person")
    found = roll.known(powers, person_id)
    if found is None:
        raise NotFound(_("没有这个人员，或者不在您的范围内。"))
    return KnownOut(
        **_person(found.person).model_dump(), residences=[_residence(one) for one in found.residences],
        ownerships=[_ownership(one) for one in found.ownerships], elsewhere=found.elsewhere,
    )  # fmt: skip


@router.post("/people", response={201: PersonOut}, operation_id="people.register_person", summary="登记人员")
def register(request: HttpRequest, body: RegisterPerson, key: str | None = REPEAT_KEY) -> Status[PersonOut]:
    """Somebody who lives nowhere in the register yet. Residents and owners of a dwelling come in by their own operations."""
    return Status(201, _person(register_person(actor_of(request), body, key=key)))


CorrectBody = body_of(CorrectPerson, "person_id")


@router.post("/people/{int:person_id}/correct_person", response=PersonOut, operation_id="people.correct_person", summary="更正人员登记")
def correct(request: HttpRequest, person_id: int, body: CorrectBody, key: str | None = REPEAT_KEY) -> PersonOut:  # type: ignore[valid-type]
    """Right a name or phone. A masked value leaves what is kept."""
    return _person(correct_person(actor_of(request), CorrectPerson(**(given_in(body) | {"person_id": person_id})), key=key))


@router.post("/people/residents", response=list[RecordedOut], operation_id="people.record_residents", summary="登记住户")
def residents(request: HttpRequest, body: RecordResidents, key: str | None = REPEAT_KEY) -> list[RecordedOut]:
    """Up to 2,000 residents of a place, all or none. The same rows again change nothing."""
    return _recorded(record_residents(actor_of(request), body, key=key), body, plan_residents, Residence)


@router.post("/people/owners", response=list[RecordedOut], operation_id="people.record_owners", summary="登记业主")
def owners(request: HttpRequest, body: RecordOwners, key: str | None = REPEAT_KEY) -> list[RecordedOut]:
    """Up to 2,000 owners of a place, all or none. The same rows again change nothing."""
    return _recorded(record_owners(actor_of(request), body, key=key), body, plan_owners, Ownership)


@router.post("/people/move_in", response={201: ResidenceOut}, operation_id="people.move_in", summary="登记入住")
def moves_in(request: HttpRequest, body: MoveIn, key: str | None = REPEAT_KEY) -> Status[ResidenceOut]:
    """Somebody of the register begins to live in a dwelling."""
    return Status(201, _residence(move_in(actor_of(request), body, key=key)))


@router.post("/people/move_out", response=ResidenceOut, operation_id="people.move_out", summary="登记搬离")
def moves_out(request: HttpRequest, body: MoveOut, key: str | None = REPEAT_KEY) -> ResidenceOut:
    """A residence ends; it is still found on the days before."""
    return _residence(move_out(actor_of(request), body, key=key))


@router.post("/people/record_ownership", response={201: OwnershipOut}, operation_id="people.record_ownership", summary="登记产权")
def owns(request: HttpRequest, body: RecordOwnership, key: str | None = REPEAT_KEY) -> Status[OwnershipOut]:
    """Somebody of the register owns a dwelling or a share of it."""
    return Status(201, _ownership(record_ownership(actor_of(request), body, key=key)))


@router.post("/people/end_ownership", response=OwnershipOut, operation_id="people.end_ownership", summary="注销产权登记")
def owned(request: HttpRequest, body: EndOwnership, key: str | None = REPEAT_KEY) -> OwnershipOut:
    """An ownership ends, and with it the posts that only owners may hold."""
    return _ownership(end_ownership(actor_of(request), body, key=key))


def _place(request: HttpRequest, code: str) -> tuple[Any, Territory]:
    powers = powers_of(request)
    require(powers, "people.view_person")
    where = Territory.objects.filter(code=code).first()
    if where is None or not powers.decide("people.record_residents", where):
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": code})
    return powers, where


def _person(one: Person) -> PersonOut:
    return PersonOut(id=one.pk, name=one.name.masked, phone=one.phone.masked, has_account=one.account_id is not None)


def _residence(one: Residence) -> ResidenceOut:
    return ResidenceOut(**{name: getattr(one, name) for name in ResidenceOut.model_fields})


def _ownership(one: Ownership) -> OwnershipOut:
    plain = {name: getattr(one, name) for name in OwnershipOut.model_fields if name != "firm"}
    return OwnershipOut(**plain, firm=one.firm.name if one.firm else "")


def _home(one: roll.AtHome) -> HomeOut:
    rows: list[Residence | Ownership] = [*one.residents, *one.owners]
    persons = {row.person.pk: row.person for row in rows if row.person is not None}
    return HomeOut(
        dwelling_id=one.dwelling.pk, building=one.dwelling.building.code, label=one.label,
        residences=[_residence(row) for row in one.residents], ownerships=[_ownership(row) for row in one.owners],
        persons=[_person(person) for person in persons.values()],
    )  # fmt: skip


def _recorded(trace: Trace | None, body: Any, plan: Any, table: type[Residence] | type[Ownership]) -> list[RecordedOut]:
    """What the rows did, without the values before and after, which a trace has in clear. A repeat with the key finds its rows again."""
    if trace is None:
        plans = plan(Territory.objects.get(code=body.place), body.rows, day_of(now()))
        return [RecordedOut(state="same", id=one.kept.pk, person_id=one.kept.person_id) for one in plans if one.kept is not None]
    kind = table._meta.model_name or ""
    ids = [row[kind] for row in trace]
    persons = dict(table._default_manager.filter(pk__in=ids).values_list("pk", "person_id"))
    return [RecordedOut(state=row["state"], id=row[kind], person_id=persons.get(row[kind])) for row in trace]
