"""The people of dwellings, many at once: the form that a survey or a ledger comes in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.people.commands.register_person import PersonName, entry, locate
from linzhi.domains.people.models import Person, Residence
from linzhi.domains.people.rules import RESIDENCE_KINDS
from linzhi.domains.places import queries as places
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import covers
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class HouseholdRow(Input):
    """One person who lives in one dwelling."""

    dwelling_id: int
    name: PersonName
    phone: str = ""
    kind: str = "owner_occupier"
    begin: date | None = None


class RegisterHousehold(Input):
    """`place` is the code of the community, estate or building in which all the dwellings lie."""

    place: str
    rows: Annotated[tuple[HouseholdRow, ...], Field(min_length=1, max_length=2000), Private]


def _load(cmd: RegisterHousehold) -> Territory:
    return locate(cmd.place)


@command("people.register_household", on=_load)
def register_household(ctx: Context, cmd: RegisterHousehold, where: Territory) -> list[Person]:
    """Register new people with their residence, all or none, in the order of the rows.

    Refused with the number of the first bad row: a dwelling outside the place or not in force, an unknown kind, a phone that isn't one.
    Ownership isn't taken from a ledger of residents; it has its own command.
    """
    if where.level not in ("community", "estate", "building"):
        raise Refused("people.place", _("人员要登记在社区、小区或楼栋下。"), status=422, field="place")
    dwellings = places.dwellings_by_id(row.dwelling_id for row in cmd.rows)
    _check(where, cmd.rows, dwellings, day_of(ctx.at))
    people = Person.objects.bulk_create(_entry(ctx, number, row, where) for number, row in enumerate(cmd.rows, start=1))
    today = day_of(ctx.at)
    Residence.objects.bulk_create(
        Residence(person=person, dwelling_id=row.dwelling_id, path=dwellings[row.dwelling_id].path, kind=row.kind, begin=row.begin or today)
        for person, row in zip(people, cmd.rows, strict=True)
    )
    ctx.note(count=len(people), first=people[0].pk)
    return people


def _entry(ctx: Context, number: int, row: HouseholdRow, where: Territory) -> Person:
    try:
        return entry(row.name, row.phone, where.path, ctx.at)
    except Refused as refused:
        message = _("第 %(row)d 行：%(why)s") % {"row": number, "why": refused.message}
        raise Refused(refused.code, message, status=422, field="rows", row=number) from refused


def _check(where: Territory, rows: Sequence[HouseholdRow], dwellings: dict[int, Dwelling], today: date) -> None:
    for number, row in enumerate(rows, start=1):
        dwelling = dwellings.get(row.dwelling_id)
        begin = row.begin or today
        if dwelling is None or not covers(where.path, dwelling.path) or dwelling.begin > begin or (dwelling.end and dwelling.end <= begin):
            raise Refused("people.dwelling", _("第 %(row)d 行：“%(place)s”没有这套房屋。") % {"row": number, "place": where.name},
                          status=422, field="rows", row=number)  # fmt: skip
        if row.kind not in RESIDENCE_KINDS:
            raise Refused("people.unknown_word", _("第 %(row)d 行：“%(value)s”不在可选的范围里。") % {"row": number, "value": row.kind},
                          status=422, field="rows", row=number)  # fmt: skip
