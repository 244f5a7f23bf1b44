"""A register leaves as a workbook."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field, InstanceOf

from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.privacy.models import Opening
from linzhi.foundation.sheets.commands import loading
from linzhi.foundation.sheets.exporting import Target, write
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class Export(Input):
    """`kind` and `place` are codes, `on` a day (default: that of the export); `target` takes the file and never reaches the audit log."""

    kind: str
    place: str
    purpose: Annotated[SafeText, Field(max_length=200)] = ""
    clear: bool = False
    on: date | None = None
    target: Annotated[InstanceOf[Target], Field(exclude=True)]


@command("sheets.export", on=lambda cmd: loading.place(cmd.place))
def export(ctx: Context, cmd: Export, place: Territory) -> Target:
    """Write the register inside a place as it was on a day. Sealed values are masked, or clear for a purpose and logged one by one.

    Refused for whoever may not view the register there, and in clear without a purpose or for whoever may not write it either.
    """
    register = loading.register(cmd.kind)
    loading.must_hold(ctx.powers, register.view, place)
    clear = cmd.clear and register.personal
    if clear:
        if not cmd.purpose:
            raise Refused("sheets.purpose", _("不打码的表要写明做什么用。"), status=422, field="purpose")
        loading.must_hold(ctx.powers, register.action, place)
    write(ctx, register, place, cmd.on or day_of(ctx.at), cmd.purpose, clear, cmd.target, _log)
    ctx.note(rows=cmd.target.rows, opened=cmd.target.opened)
    return cmd.target


def _log(openings: list[Opening]) -> None:
    Opening.objects.bulk_create(openings)
