"""Take a whole import back, the last chunk first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sheets.commands import loading
from linzhi.foundation.sheets.models import SheetImport, SheetTrace, as_json
from linzhi.kernel.refused import Refused


class Undo(loading.OnImport):
    """`runner` names the process that goes on with it at once; without one the worker does."""

    runner: str = ""


@command("sheets.undo", on=loading.load)
def undo(ctx: Context, cmd: Undo, one: SheetImport) -> SheetImport:
    """Begin to undo, or go on. Refused while it is being taken, when nothing was, and when what it did has been forgotten.

    A row that something depends on by now stops it, with that row as the reason; what was undone until then stays undone.
    """
    loading.must_keep(ctx.powers, one)
    if one.state in ("undoing", "undone"):
        return one
    if one.state == "taking":
        raise Refused("sheets.state", _("正在导入。请先停下，再撤销。"))
    if one.state not in ("done", "stopped") or not one.chunk:
        raise Refused("sheets.nothing_taken", _("这次导入还没有收进什么，不用撤销。"))
    if not SheetTrace.objects.filter(sheet_import=one).exists() and one.taken_new + one.taken_changed:
        raise Refused("sheets.trace_gone", _("这次导入太久了，撤销要用的记录已经按期删除，不能整批撤销了。请逐条更正。"))
    one.actor, one.state, one.why, one.seen = as_json(ctx.actor), "undoing", Sealed.of(""), 0
    one.runner, one.heartbeat = cmd.runner, ctx.at
    one.save(update_fields=["actor", "state", "why", "seen", "runner", "heartbeat"])
    return one
