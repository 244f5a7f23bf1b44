"""A register loaded in one go from rows at hand: made a workbook, and taken through the importer like anybody's file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linzhi.foundation.sheets import commands, queries, running, uploading
from linzhi.foundation.sheets.memory import Memory
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.register import register_of
from linzhi.foundation.sheets.sources import choices_of
from linzhi.foundation.sheets.writing import write_rows
from linzhi.foundation.territory import queries as territory
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import Refused


def workbook(code: str, place: str, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows of a register as the workbook that its export would be. Raises KeyError for an unknown register."""
    register, out = register_of(code), io.BytesIO()
    choices = choices_of(register, territory.by_code(place))
    write_rows(register.columns, choices, rows, title=str(register.title), watermark=None, out=out)
    return out.getvalue()


def load(actor: Actor, code: str, place: str, rows: Iterable[Mapping[str, Any]], *, at: datetime) -> SheetImport:
    """Import rows of a register at a place, all or none. Refused with the first fault when a row can't be taken."""
    memory, runner = Memory(), running.new_runner()
    one = uploading.upload(actor, workbook(code, place, rows), code, place, f"{code}.xlsx", at=at, memory=memory)
    commands.preview(actor, commands.Preview(import_id=one.pk, runner=runner), at=at)
    one = running.run(one.pk, runner, at=at, memory=memory)
    if one.state == "previewed" and not one.bad:
        commands.take(actor, commands.Take(import_id=one.pk, mode="all_or_nothing", runner=runner), at=at)
        one = running.run(one.pk, runner, at=at, memory=memory)
    if one.state != "done":
        faults = queries.findings(one, "fault", most=1)
        where = _("第 %(row)d 行：%(why)s") % {"row": faults[0].row, "why": faults[0].words["why"]} if faults else one.why.open_value()
        raise Refused("sheets.not_loaded", _("“%(title)s”没有导入。%(why)s") % {"title": register_of(code).title, "why": where})
    return one
