"""Look at every row of a file against the register; nothing is written into it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, command
from linzhi.foundation.sheets.commands import loading
from linzhi.foundation.sheets.models import SheetImport
from linzhi.kernel.refused import Refused


class Preview(loading.OnImport):
    """`runner` names the process that goes on with it at once; without one the worker does."""

    runner: str = ""


@command("sheets.preview", on=loading.load)
def preview(ctx: Context, cmd: Preview, one: SheetImport) -> SheetImport:
    """Begin a preview, or begin it again. Refused once rows were taken, and while headings wait for their meaning."""
    loading.must_keep(ctx.powers, one)
    if one.state == "previewing":
        return one
    if one.state not in ("uploaded", "previewed", "refused") or one.row:
        raise Refused("sheets.state", _("这次导入已经开始了，不用再检查。"))
    if waiting(one):
        raise Refused("sheets.unmapped", _("有几列我们不认识。请先说说它们是什么。"))
    one.state, one.seen, one.runner, one.heartbeat = "previewing", 0, cmd.runner, ctx.at
    one.save(update_fields=["state", "seen", "runner", "heartbeat"])
    return one


def waiting(one: SheetImport) -> bool:
    """Whether headings still wait for a person to say what they mean."""
    facts = one.mapping
    given = facts["chosen"].values()
    return any(heading not in facts["chosen"] for heading in facts["unknown"]) or any(code not in given for code in facts["missing"])
