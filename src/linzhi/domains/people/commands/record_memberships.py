"""Who of an estate is a party member: entered in the closed room, by the branch line only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.matching import of_now, refuse_bad, word_fault
from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.people.events import MembersChanged
from linzhi.domains.people.models import Membership, Ownership, Person, Residence
from linzhi.domains.people.queries.members import member_indexes
from linzhi.domains.people.rules import MEMBERSHIP_KINDS, STANDINGS, settled_to_keep
from linzhi.foundation.commands import Context, Input, Private, SafeText, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sheets.register import CHUNK, Fault, Trace
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of, within
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused

FIELDS = ("kind", "standing", "settled", "full_since", "willing", "end")


class MemberRow(Input):
    """One member. `person_id` is a person of the register who lives or owns in the estate.

    `settled` is the day since which they have lived here without a break; `seat` names the organisation in which the membership sits.
    """

    person_id: int
    kind: str = "living"
    standing: str = "full"
    full_since: date | None = None
    settled: date | None = None
    seat: Annotated[SafeText, Field(max_length=80)] = ""
    willing: bool = False
    begin: date | None = None
    end: date | None = None


class RecordMemberships(Input):
    """`estate` is the estate's code. The rows reach the audit log as a digest only."""

    estate: str
    rows: Annotated[tuple[MemberRow, ...], Field(min_length=1, max_length=CHUNK), Private]


def _load(cmd: RecordMemberships) -> Territory:
    return locate(cmd.estate)


@command("people.record_memberships", on=_load, place=lambda trace: "")
def record_memberships(ctx: Context, cmd: RecordMemberships, estate: Territory) -> Trace:
    """Enter members of an estate and correct entries, all or none; returns what each row did. A member declares it; nobody is asked twice.

    Refused with the number of the first bad row: somebody who neither lives nor owns in the estate, a full member without the day
    since when, a day that lies ahead, an unknown kind. The audit log says that the room of the estate changed, not about whom.
    """
    if estate.level != "estate":
        raise Refused("people.place", _("党员信息登记在小区下。"), status=422, field="estate")
    county, today = county_of(estate.path), day_of(ctx.at)
    known = _known(estate.path, {row.person_id for row in cmd.rows})
    names = {row.person_id: member_indexes(county, row.person_id) for row in cmd.rows}
    now = of_now(names.values())
    kept = {now[one.person_index]: one for one in _in_force(estate.path, list(now))}
    trace: Trace = []
    for number, row in enumerate(cmd.rows, start=1):
        refuse_bad(number, _faults(row, known, today))
        trace.append(_record(row, estate.path, names[row.person_id][0], kept, today))
    ctx.note(created=sum(one["state"] == "created" for one in trace), changed=sum(one["state"] == "changed" for one in trace))
    if any(one["state"] != "same" for one in trace):
        ctx.emit(MembersChanged(estate.path))
    return trace


def _known(path: str, ids: set[int]) -> set[int]:
    here = within("path", path)
    lives = Residence.objects.filter(here, person_id__in=ids, end__isnull=True).values_list("person_id", flat=True)
    owns = Ownership.objects.filter(here, person_id__in=ids, end__isnull=True).values_list("person_id", flat=True)
    kept = Person.objects.filter(here, pk__in=ids).values_list("pk", flat=True)
    return {pk for pk in (*lives, *owns, *kept) if pk is not None}


def _in_force(path: str, indexes: list[str]) -> list[Membership]:
    return list(Membership.objects.select_for_update().filter(path=path, person_index__in=indexes, end__isnull=True))


def _faults(row: MemberRow, known: set[int], today: date) -> list[Fault]:
    faults = word_fault("kind", row.kind, MEMBERSHIP_KINDS) + word_fault("standing", row.standing, STANDINGS)
    if row.person_id not in known:
        faults.append(Fault("name", _("人员台账里没有住在或拥有这个小区房屋的这个人。"), _("请先在住户台账里登记。")))
    if row.standing == "full" and row.full_since is None:
        faults.append(Fault("full_since", _("正式党员要写明转正日期。"), _("记不清日，可以写当月 1 日。")))
    if row.standing != "full" and row.full_since is not None:
        faults.append(Fault("full_since", _("预备党员没有转正日期。"), _("请把这一格留空。")))
    for column in ("full_since", "settled"):
        value = getattr(row, column)
        if value is not None and value > today:
            faults.append(Fault(column, _("这个日期还没到。"), _("请核对。")))
    return faults


@dataclass(frozen=True)
class MemberPlan:
    """What one row would do; `changes` has old and new of each field."""

    fresh: bool
    faults: list[Fault]
    changes: dict[str, tuple[Any, Any]]
    alike: tuple[str, ...] = ()


def plan_memberships(estate: Territory, rows: Sequence[MemberRow], today: date) -> list[MemberPlan]:
    """Compare rows with the closed room of an estate, in a fixed number of statements. For a preview; nothing is written or locked."""
    county = county_of(estate.path)
    known = _known(estate.path, {row.person_id for row in rows})
    names = {row.person_id: member_indexes(county, row.person_id) for row in rows}
    now = of_now(names.values())
    found = Membership.objects.filter(path=estate.path, person_index__in=list(now), end__isnull=True)
    kept = {now[one.person_index]: one for one in found}
    plans = []
    for row in rows:
        one = kept.get(names[row.person_id][0])
        changes = _changes(row, one, _values(row, one.begin)) if one else {}
        plans.append(MemberPlan(one is None, _faults(row, known, today), changes))
    return plans


def _values(row: MemberRow, begin: date) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS} | {"settled": settled_to_keep(row.settled, begin)}


def _changes(row: MemberRow, one: Membership, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    changes = {name: (getattr(one, name), new) for name, new in values.items() if getattr(one, name) != new}
    if row.seat and row.seat != (kept := one.seat.open_value()):
        changes["seat"] = (kept, row.seat)
    return changes


def _record(row: MemberRow, path: str, index: str, kept: dict[str, Membership], today: date) -> dict[str, Any]:
    one = kept.get(index)
    values = _values(row, one.begin if one else row.begin or today)
    begin = row.begin or today
    if one is None:
        sealed: dict[str, Any] = {"person": Sealed.of(str(row.person_id)), "seat": Sealed.of(row.seat)}
        one = Membership.objects.create(person_index=index, path=path, begin=begin, **values, **sealed)
        kept[index] = one
        return {"state": "created", "membership": one.pk, "changes": {}}
    changes = {name: [_text(old), _text(new)] for name, (old, new) in _changes(row, one, values).items()}
    if "seat" in changes:
        one.seat = Sealed.of(row.seat)
    for name, new in values.items():
        setattr(one, name, new)
    if changes:
        one.save()
    return {"state": "changed" if changes else "same", "membership": one.pk, "changes": changes}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
