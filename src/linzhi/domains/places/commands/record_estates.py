"""Many estates at once: new ones are added, known ones revised."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from linzhi.domains.places.commands.bulk import MOST, Bulk, Compared, Recorded, refuse_faults
from linzhi.domains.places.commands.estate_rows import FACTS, EstateRow, compare_estates
from linzhi.domains.places.commands.facts import Trace, change, plain
from linzhi.domains.places.commands.places import place
from linzhi.domains.places.commands.profile import fill
from linzhi.domains.places.events import EstateRegistered, EstatesRecorded
from linzhi.domains.places.models import Estate
from linzhi.foundation.commands import Context, command
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of


class RecordEstates(Bulk):
    """Estates inside `place`."""

    rows: Annotated[tuple[EstateRow, ...], Field(min_length=1, max_length=MOST)]


@command("places.record_estates", on=lambda cmd: place(cmd.place))
def record_estates(ctx: Context, cmd: RecordEstates, top: Territory) -> Recorded:
    """Add and revise estates, all or none; a row that says nothing new changes nothing.

    Refused with the first wrong row: an unknown community, a kind that isn't used there (`estate.types`), a boundary that crosses itself.
    """
    day = cmd.begin or day_of(ctx.at)
    Territory.objects.select_for_update().get(pk=top.pk)
    lines = compare_estates(top, cmd.rows, day)
    refuse_faults(lines)
    traces: dict[int, Trace] = {}
    changed = [line for line in lines if line.state == "changed"]
    for line in changed:
        if "name" in line.changes:
            growth.rename(line.kept.territory, line.changes["name"], day)
    for line, trace in zip(changed, change("estate", [(line.kept, line.changes) for line in changed], day), strict=True):
        traces[line.number] = trace | ({"renamed": str(day)} if "name" in line.changes else {})
    begun_on: dict[int, date] = {}
    for line, estate in _add([line for line in lines if line.state == "new"], day):
        traces[line.number] = {"new": estate.pk, "after": {name: plain(getattr(estate, name)) for name in ("name", "kind", "households")}}
        begun_on[estate.pk] = estate.begin
        line.kept = estate
        ctx.emit(EstateRegistered(estate.pk, estate.path))
    told = {line.kept.pk: {name for name in FACTS if getattr(line.given, name) is not None} for line in lines}
    number_of = {line.kept.pk: line.number for line in lines}
    for pk, (begun, ended) in fill([line.kept for line in lines], told, ctx.actor.key, day, begun_on).items():
        traces.setdefault(number_of[pk], {"id": pk})["profile"] = [begun, ended]
    done = Recorded([traces.get(line.number, {}) for line in lines])
    if changed:
        ctx.note(before=[trace["before"] | {"id": trace["id"]} for trace in done.trace if "before" in trace])
    if done.new or done.changed:
        ctx.emit(EstatesRecorded(top.path, done.new, done.changed))
    return done


def _add(lines: list[Compared], day: date) -> list[tuple[Compared, Estate]]:
    """The new estates with their nodes, in a few statements for each community."""
    by_community: dict[int, list[Compared]] = defaultdict(list)
    for line in lines:
        by_community[line.parent.pk].append(line)
    made: list[tuple[Compared, Estate]] = []
    for group in by_community.values():
        community: Territory = group[0].parent
        codes = _codes(community, [line.given.code for line in group])
        nodes = growth.add_many(
            community, "estate", [(code, line.given.name, line.given.begin or day) for code, line in zip(codes, group, strict=True)]
        )
        for line, node in zip(group, nodes, strict=True):
            made.append((line, Estate(territory=node, path=node.path, code=node.code, begin=node.begin, **_facts(line.given))))
    Estate.objects.bulk_create([estate for _line, estate in made], batch_size=500)
    return made


def _facts(row: EstateRow) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in FACTS if getattr(row, name) is not None}
    if "conditions" in facts:
        facts["conditions"] = list(facts["conditions"])
    return facts


def _codes(community: Territory, given: list[str]) -> list[str]:
    """The codes given, and the next free ones below the community for those that are empty."""
    taken = set(Territory.objects.filter(code__startswith=community.code).values_list("code", flat=True)) | set(given)
    codes, number = [], Territory.objects.filter(parent=community).count()
    for code in given:
        while not code:
            number += 1
            free = f"{community.code}{number:03d}"
            if free not in taken:
                code = free
        codes.append(code)
        taken.add(code)
    return codes
