"""Reads of imports, filtered by what the asker may write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.sheets.models import SheetFault, SheetImport, SheetTrace
from linzhi.foundation.sheets.register import Register, all_registers, register_of
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.refused import NotFound

LOOKED_AT = 200


@dataclass(frozen=True)
class Finding:
    """Something a preview found: in which row and column, and the words for it."""

    row: int
    column: str
    title: str
    words: Mapping[str, Any]


def registers(powers: Powers) -> list[Register]:
    """The registers that the asker may export or import somewhere, each after those it builds on."""
    return [one for one in all_registers() if may_somewhere(powers, one.view) or may_somewhere(powers, one.action)]


def may_somewhere(powers: Powers, action: str) -> bool:
    """Whether the asker holds a role that an action is open to, at some place."""
    return powers.actor.may_use(action) and any(rule.role in powers.grants for rule in action_of(action).rules)


def places(powers: Powers, action: str, levels: tuple[str, ...], most: int = 2_000) -> list[Territory]:
    """The places of some levels at which the asker may do an action, in the order of the tree."""
    roles = {rule.role for rule in action_of(action).rules}
    paths = sorted({grant.path for role, held in powers.grants.items() if role in roles for grant in held})
    outer = [path for number, path in enumerate(paths) if not any(path.startswith(other) for other in paths[:number])]
    codes = [code for path in outer for code, _path, _name in territory.outline(path, levels, most)]
    found = Territory.objects.filter(code__in=codes).order_by("path")[:most]
    return [place for place in found if powers.decide(action, place)]


def imports(powers: Powers, most: int = 50, register: str = "") -> list[SheetImport]:
    """The newest imports of what the asker may write."""
    rows = SheetImport.objects.filter(powers.visible("sheets.preview"))
    if register:
        rows = rows.filter(register=register)
    found: list[SheetImport] = []
    known = {one.code: one for one in all_registers()}
    verdicts: dict[tuple[str, str], bool] = {}
    for one in rows.order_by("-pk")[:LOOKED_AT]:
        key = (one.register, one.place)
        if one.register in known and key not in verdicts:
            verdicts[key] = bool(powers.decide(known[one.register].action, Territory.objects.get(code=one.place)))
        if verdicts.get(key):
            found.append(one)
            if len(found) == most:
                break
    return found


def find(powers: Powers, pk: int) -> SheetImport:
    """One import. Raises NotFound for whoever may not write its register at its place."""
    one = SheetImport.objects.filter(powers.visible("sheets.preview"), pk=pk).first()
    if one is None or not _may_see(powers, one):
        raise NotFound(_("没有这次导入，或者不在您的范围内。"))
    return one


def _may_see(powers: Powers, one: SheetImport) -> bool:
    try:
        action = register_of(one.register).action
    except KeyError:
        return False
    return bool(powers.decide(action, Territory.objects.get(code=one.place)))


def findings(one: SheetImport, kind: str, first: int = 0, most: int = 0) -> list[Finding]:
    """What the preview found of one kind (`fault`, `change`, `alike`, `notice`), by row; `most` 0 for all that was kept."""
    titles = {column.code: str(column.title) for column in register_of(one.register).columns}
    rows = SheetFault.objects.filter(sheet_import=one, kind=kind).order_by("row", "pk")
    kept = rows[first : first + most] if most else rows[first:]
    return [Finding(row.row, row.column, titles.get(row.column, ""), json.loads(row.words.open_value())) for row in kept]


def earlier(one: SheetImport) -> SheetImport | None:
    """The last import of the very same file that was taken and not undone, before this one."""
    same = SheetImport.objects.filter(register=one.register, place=one.place, digest=one.digest, state="done")
    return same.exclude(pk=one.pk).order_by("-pk").first()


def can_undo(one: SheetImport) -> bool:
    """Whether something of the import stands that can be taken back."""
    return one.state in ("done", "stopped") and SheetTrace.objects.filter(sheet_import=one, undone_at__isnull=True).exists()


def half_undone(one: SheetImport) -> bool:
    """Whether some of its chunks were taken back and others not."""
    return one.state != "undone" and SheetTrace.objects.filter(sheet_import=one, undone_at__isnull=False).exists()
