"""Rows of the register of estates held against what is kept: for the bulk command and for the preview of a sheet alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.bulk import Compared, check_begin, given_changes, mark_doubles
from linzhi.domains.places.commands.places import in_force_on, places_in
from linzhi.domains.places.commands.register_estate import Latitude, Longitude, Year
from linzhi.domains.places.models import Estate
from linzhi.domains.places.queries import estate_kinds
from linzhi.domains.places.rules import CONDITIONS, PROPERTY_ARRANGEMENTS, SELF_GOVERNMENTS, boundary_fault
from linzhi.foundation.commands import Input, SafeText
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import SEGMENT, within

Count = Annotated[int, Field(ge=0, le=1_000_000)]
FACTS = (
    "name", "kind", "address", "built_year", "declared_buildings", "households", "residents", "population", "conditions",
    "self_government", "property_arrangement", "latitude", "longitude", "boundary",
)  # fmt: skip


class EstateRow(Input):
    """One estate. It is found again by its code, or by community and name; None leaves a fact as it is.

    `begin` is the day since when a new one is there; None for the day from which the call holds.
    """

    community: Annotated[str, Field(max_length=32)] = ""
    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,32}$")] = ""
    name: Annotated[SafeText, Field(max_length=80)] | None = None
    kind: str | None = None
    address: Annotated[SafeText, Field(max_length=200)] | None = None
    built_year: Year | None = None
    declared_buildings: Count | None = None
    households: Count | None = None
    residents: Count | None = None
    population: Count | None = None
    conditions: tuple[str, ...] | None = None
    self_government: str | None = None
    property_arrangement: str | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    boundary: dict[str, Any] | None = None
    begin: date | None = None


def compare_estates(top: Territory, rows: Sequence[EstateRow], day: date) -> list[Compared]:
    """Each row with the estate it means, what it would change and what is wrong; `day` is when it would take effect."""
    communities = places_in(top, [row.community for row in rows], "community")
    if top.level == "community":
        communities[""] = top
    names = {row.name for row in rows if row.name}
    kept = list(Estate.objects.filter(Q(code__in={row.code for row in rows}) | Q(name__in=names), within("path", top.path), end=None))
    by_code = {row.code: row for row in kept}
    by_name = {(row.path[:-SEGMENT], row.name): row for row in kept}
    kinds = {path: estate_kinds(path, day) for path in {row.path for row in communities.values()} | {row.path[:-SEGMENT] for row in kept}}
    compared = []
    for number, row in enumerate(rows, 1):
        line = Compared(number, row)
        parent = communities.get(row.community)
        line.kept = by_code.get(row.code) if row.code else by_name.get((parent.path if parent else "", row.name or ""))
        line.parent = parent
        if line.kept is not None:
            line.changes = given_changes(row, line.kept, FACTS)
            if "conditions" in line.changes:
                line.changes["conditions"] = list(line.changes["conditions"])
                if line.changes["conditions"] == line.kept.conditions:
                    del line.changes["conditions"]
        _check(line, row, kinds, day)
        check_begin(line, line.kept and line.kept.begin, parent.begin if parent else None)
        compared.append(line)
    keys = [line.kept.pk if line.kept else (line.given.community, line.given.code, line.given.name) for line in compared]
    mark_doubles(compared, keys, "name", _("和第 %(n)d 行是同一个小区。"))
    return compared


def _check(line: Compared, row: EstateRow, kinds: Mapping[str, Mapping[str, Any]], day: date) -> None:
    if line.kept is None:
        if line.parent is None:
            line.wrong("community", _("没有编码为 %(code)s 的社区，或者它不在这次导入的范围里。") % {"code": row.community or "—"},
                       _("请核对社区编码；还没有的社区先新增。"))  # fmt: skip
        elif not in_force_on(line.parent, day):
            line.wrong("community", _("“%(name)s”在这一天不在册。") % {"name": line.parent.name}, _("请换一个社区，或者改生效日期。"))
        if not row.name:
            line.wrong("name", _("缺少小区名称。"))
        if not row.kind:
            line.wrong("kind", _("缺少小区类型。"))
    where = line.kept.path[:-SEGMENT] if line.kept else line.parent.path if line.parent else ""
    chosen = line.changes.get("kind") if line.kept else row.kind
    if chosen and where and chosen not in kinds[where]:
        words = "、".join(str(title) for title in kinds[where].values())
        line.wrong("kind", _("“%(word)s”不在本地使用的小区类型里。") % {"word": chosen}, _("可以选：%(words)s。") % {"words": words})
    listed = (("self_government", SELF_GOVERNMENTS), ("property_arrangement", PROPERTY_ARRANGEMENTS))
    for name, known in listed:
        value = getattr(row, name)
        if value is not None and value not in known:
            line.wrong(name, _("“%(word)s”不在可选的范围里。") % {"word": value})
    if unknown := [flag for flag in row.conditions or () if flag not in CONDITIONS]:
        line.wrong("conditions", _("“%(word)s”不在可选的范围里。") % {"word": unknown[0]})
    if row.boundary is not None and (fault := boundary_fault(row.boundary)):
        line.wrong("boundary", fault)
