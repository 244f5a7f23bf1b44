"""Rows of the register of grids held against what is kept: for the bulk command and for the preview of a sheet alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.places.commands.bulk import Compared, given_changes, mark_doubles
from linzhi.domains.places.commands.places import in_force_on, places_in
from linzhi.domains.places.models import Grid, GridPart
from linzhi.domains.places.rules import GRID_KINDS, PARTITION
from linzhi.foundation.commands import Input, SafeText
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ancestors, covers, within

FACTS = ("name",)


class GridRow(Input):
    """One grid, found again by its code. `parts` is its whole ground: codes of estates and buildings; None leaves it as it is."""

    community: Annotated[str, Field(max_length=32)] = ""
    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,32}$")]
    name: Annotated[SafeText, Field(max_length=80)] | None = None
    kind: str | None = None
    parent: Annotated[str, Field(max_length=32)] | None = None
    parts: Annotated[tuple[str, ...], Field(max_length=500)] | None = None


def compare_grids(top: Territory, rows: Sequence[GridRow], day: date) -> list[Compared]:
    """Each row with the grid it means, the ground it would have (`more["ground"]`, paths) and what is wrong; six statements at most."""
    communities = places_in(top, [row.community for row in rows], "community")
    if top.level == "community":
        communities[""] = top
    grids = {row.code: row for row in Grid.objects.filter(within("path", top.path), end=None).select_related("parent")}
    taken = set(Grid.objects.filter(code__in={row.code for row in rows}).values_list("code", flat=True)) - set(grids)
    places = places_in(top, [code for row in rows for code in row.parts or ()], "estate", "building")
    parts: dict[str, set[str]] = {code: set() for code in grids}
    last: dict[str, date] = {}
    open_parts = GridPart.objects.filter(grid__in=grids.values(), end=None)
    for code, path, begin in open_parts.values_list("grid__code", "path", "begin"):
        parts[code].add(path)
        last[code] = max(begin, last.get(code, begin))
    compared = [_row(number, row, communities, grids, taken) for number, row in enumerate(rows, 1)]
    ground = dict(parts)
    kinds = {code: row.kind for code, row in grids.items()}
    for line in compared:
        kinds.setdefault(line.given.code, line.given.kind or "residential")
        _ground(line, places, parts, last, day)
        ground[line.given.code] = line.more.get("ground", parts.get(line.given.code, set()))
    _partition(compared, ground, kinds, grids)
    mark_doubles(compared, [line.given.code for line in compared], "code", _("和第 %(n)d 行是同一个网格。"))
    return compared


def _row(number: int, row: GridRow, communities: dict[str, Territory], grids: dict[str, Grid], taken: set[str]) -> Compared:
    line = Compared(number, row, kept=grids.get(row.code), parent=communities.get(row.community))
    if not row.code:
        line.wrong("code", _("缺少网格编码。"))
    if row.code in taken:
        line.wrong("code", _("网格编码 %(code)s 在别处用过了。") % {"code": row.code}, _("请换一个编码。"))
    if row.kind is not None and row.kind not in GRID_KINDS:
        line.wrong("kind", _("“%(word)s”不在可选的范围里。") % {"word": row.kind})
    if line.kept is not None:
        line.changes = given_changes(row, line.kept, FACTS)
        if row.kind is not None and row.kind != line.kept.kind:
            line.wrong("kind", _("网格的类型不能改。"), _("请新设一个网格。"))
        if line.parent is not None and line.parent.path != line.kept.path:
            line.wrong("community", _("这个网格属于另一个社区。"))
        return line
    if line.parent is None:
        line.wrong(
            "community",
            _("没有编码为 %(code)s 的社区，或者它不在这次导入的范围里。") % {"code": row.community or "—"},
            _("请核对社区编码。"),
        )
    if not row.name:
        line.wrong("name", _("缺少网格名称。"))
    if row.parent and (row.kind != "micro"):
        line.wrong("parent", _("只有微网格属于另一个网格。"))
    return line


def _ground(line: Compared, places: dict[str, Territory], parts: dict[str, set[str]], last: dict[str, date], day: date) -> None:
    row = line.given
    if row.parts is None:
        return
    home = line.kept.path if line.kept is not None else line.parent.path if line.parent is not None else ""
    wanted = set()
    for code in row.parts:
        part = places.get(code)
        if part is None or not in_force_on(part, day):
            line.wrong("parts", _("没有编码为 %(code)s 的小区或楼栋，或者它不在册。") % {"code": code})
        elif home and not covers(home, part.path):
            line.wrong("parts", _("“%(name)s”不在这个社区。") % {"name": part.name})
        else:
            wanted.add(part.path)
    if line.kept is None or wanted != parts[row.code]:
        line.more["ground"] = wanted
        if line.kept is not None and last.get(row.code, line.kept.begin) > day:
            line.wrong("parts", _("这个网格在 %(day)s 调整过，生效日期不能比它早。") % {"day": last[row.code]})


def _partition(lines: Iterable[Compared], ground: dict[str, set[str]], kinds: dict[str, str], grids: dict[str, Grid]) -> None:
    """Faults for ground that two grids would have, and for micro-grids outside their grid, once all rows are taken."""
    named = {line.given.code: line.given.name for line in lines} | {code: row.name for code, row in grids.items()}
    for micro in (False, True):
        mine = [code for code in ground if (kinds[code] == "micro") == micro and (micro or kinds[code] in PARTITION)]
        holders: dict[str, list[str]] = {}
        for code in mine:
            for path in ground[code]:
                holders.setdefault(path, []).append(code)
        for line in lines:
            if line.given.code not in mine:
                continue
            for path in ground[line.given.code]:
                rivals = {other for step in ancestors(path) for other in holders.get(step, ()) if other != line.given.code}
                if rivals:
                    name = named.get(min(rivals)) or min(rivals)
                    line.wrong("parts", _("有一块地方已经归“%(grid)s”。") % {"grid": name}, _("请先调整那个网格，或者在同一张表里一起改。"))
                    break
    for line in lines:
        above = line.given.parent or (line.kept.parent.code if line.kept is not None and line.kept.parent else "")
        if above and above not in ground:
            line.wrong("parent", _("没有编码为 %(code)s 的网格。") % {"code": above})
        elif above and any(not ground[above] & set(ancestors(path)) for path in ground[line.given.code]):
            line.wrong("parts", _("微网格要在它所属的网格里面。"))
