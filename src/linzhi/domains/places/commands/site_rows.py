"""Rows of the registers of venues, idle space and facilities held against what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.bulk import Compared, Recorded, given_changes, mark_doubles
from linzhi.domains.places.commands.facts import Trace, change
from linzhi.domains.places.commands.places import in_force_on, places_in
from linzhi.domains.places.models import Facility, Space, Venue
from linzhi.domains.places.rules import FACILITY_KINDS, PREMISES_OWNERS, SPACE_STATES, VENUE_KINDS, VENUE_LEVELS
from linzhi.foundation.commands import Input, SafeText
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within

LEVELS = ("county", "street", "community", "estate", "building")
Words = Annotated[tuple[SafeText, ...], Field(max_length=40)]
Area = Annotated[int, Field(gt=0, le=100_000_000)]
Name = Annotated[SafeText, Field(max_length=80)]
VENUE_FACTS = ("level", "kind", "area", "functions", "equipment", "signs", "hours", "premises", "owner")
SPACE_FACTS = ("area", "premises", "owner", "state", "wanted")


class VenueRow(Input):
    """One venue, found again by the code of where it stands and its name; `area` in 1/100 m²; None leaves a fact as it is."""

    where: Annotated[str, Field(max_length=32)] = ""
    name: Name
    level: str | None = None
    kind: str | None = None
    area: Area | None = None
    functions: Words | None = None
    equipment: Words | None = None
    signs: Words | None = None
    hours: Annotated[SafeText, Field(max_length=120)] | None = None
    premises: str | None = None
    owner: Name | None = None


class SpaceRow(Input):
    """One piece of idle space, found again by the code of where it is and its name; `area` in 1/100 m²."""

    where: Annotated[str, Field(max_length=32)] = ""
    name: Name
    area: Area | None = None
    premises: str | None = None
    owner: Name | None = None
    state: str | None = None
    wanted: Annotated[SafeText, Field(max_length=200)] | None = None


class FacilityRow(Input):
    """One facility, found again by the code of the estate or building in which it stands and its name."""

    where: Annotated[str, Field(max_length=32)] = ""
    name: Name
    kind: str | None = None


def compare_venues(top: Territory, rows: Sequence[VenueRow], day: date) -> list[Compared]:
    """Each row with the venue it means, what it would change and what is wrong."""
    lists = {"level": VENUE_LEVELS, "kind": VENUE_KINDS, "premises": PREMISES_OWNERS}
    return _compare(Venue, VENUE_FACTS, lists, ("level", "kind"), top, rows, day)


def compare_spaces(top: Territory, rows: Sequence[SpaceRow], day: date) -> list[Compared]:
    """Each row with the space it means, what it would change and what is wrong."""
    return _compare(Space, SPACE_FACTS, {"premises": PREMISES_OWNERS, "state": SPACE_STATES}, (), top, rows, day)


def compare_facilities(top: Territory, rows: Sequence[FacilityRow], day: date) -> list[Compared]:
    """Each row with the facility it means, what it would change and what is wrong."""
    return _compare(Facility, ("kind",), {"kind": FACILITY_KINDS}, ("kind",), top, rows, day)


def _compare(
    model: Any, facts: Sequence[str], lists: Mapping[str, Any], needed: Sequence[str], top: Territory, rows: Sequence[Any], day: date
) -> list[Compared]:
    levels = ("estate", "building") if model is Facility else LEVELS
    places = places_in(top, [row.where for row in rows], *levels)
    if top.level in levels:
        places[""] = top
    found = model.objects.filter(within("path", top.path), name__in={row.name for row in rows}, end=None)
    kept = {(row.path, row.name): row for row in found}
    compared = []
    for number, row in enumerate(rows, 1):
        line = Compared(number, row, parent=places.get(row.where))
        if line.parent is None:
            line.wrong(
                "where", _("没有编码为 %(code)s 的地方，或者它不在这次导入的范围里。") % {"code": row.where or "—"}, _("请核对编码。")
            )
        elif not in_force_on(line.parent, day):
            line.wrong("where", _("“%(name)s”在这一天不在册。") % {"name": line.parent.name})
        else:
            line.kept = kept.get((line.parent.path, row.name))
        if line.kept is not None:
            changes = given_changes(row, line.kept, facts)
            # Lists of words come as tuples and are kept as JSON.
            changes = {name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()}
            line.changes = {name: value for name, value in changes.items() if value != getattr(line.kept, name)}
        else:
            for name in needed:
                if getattr(row, name) is None:
                    line.wrong(name, _("这一项要填。"))
        if not row.name:
            line.wrong("name", _("缺少名称。"))
        for name, known in lists.items():
            word = getattr(row, name)
            if word is not None and word not in known:
                words = "、".join(str(title) for title in known.values())
                line.wrong(name, _("“%(word)s”不在可选的范围里。") % {"word": word}, _("可以选：%(words)s。") % {"words": words})
        compared.append(line)
    mark_doubles(compared, [(line.parent and line.parent.pk, line.given.name) for line in compared], "name", _("和第 %(n)d 行是同一处。"))
    return compared


def store(what: str, model: Any, facts: Sequence[str], lines: Sequence[Compared], day: date) -> Recorded:
    """Write what compared rows say; called by the bulk commands of venues and spaces."""
    traces: dict[int, Trace] = {}
    changed = [line for line in lines if line.state == "changed"]
    for line, trace in zip(changed, change(what, [(line.kept, line.changes) for line in changed], day), strict=True):
        traces[line.number] = trace
    new = [line for line in lines if line.state == "new"]
    fresh = []
    for line in new:
        said = {name: getattr(line.given, name) for name in facts if getattr(line.given, name) is not None}
        said = {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
        fresh.append(model(name=line.given.name, path=line.parent.path, begin=day, **said))
    for line, row in zip(new, model.objects.bulk_create(fresh, batch_size=1000), strict=True):
        traces[line.number] = {"new": row.pk, "after": {name: getattr(row, name) for name in ("name", *facts)}}
    return Recorded([traces.get(line.number, {}) for line in lines])
