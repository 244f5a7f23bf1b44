"""Take the rows of a file into the register, or go on where it stopped."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.commands import Context, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sheets.commands import loading
from linzhi.foundation.sheets.models import SheetImport, SheetTrace, as_json
from linzhi.kernel.refused import Refused


class Take(loading.OnImport):
    """`leave_out` are numbers of rows that a person decided not to take, because they look like somebody known."""

    mode: Literal["all_or_nothing", "good_rows"]
    leave_out: Annotated[tuple[int, ...], Field(max_length=2_000)] = ()
    runner: str = ""


@command("sheets.take", on=loading.load)
def take(ctx: Context, cmd: Take, one: SheetImport) -> SheetImport:
    """Begin taking, as the actor who says so; after a stop, go on in the same mode. Asked again while it runs, nothing changes.

    Refused before the preview is ready, when a row is bad and all or nothing is wanted, when no row is good, when the file was
    forgotten, and once some of it was undone.
    """
    loading.must_keep(ctx.powers, one)
    if one.state in ("taking", "done"):
        return one
    if one.state not in ("previewed", "stopped"):
        raise Refused("sheets.state", _("要先检查完，才能导入。"))
    if not one.kept:
        raise Refused("sheets.forgotten", _("这张表已经删掉了。请重新上传。"))
    if SheetTrace.objects.filter(sheet_import=one, undone_at__isnull=False).exists():
        raise Refused("sheets.half_undone", _("这次导入已经撤了一部分。请先撤完，再重新上传。"))
    if one.state == "previewed":
        _begin(one, cmd)
    one.actor, one.state, one.why = as_json(ctx.actor), "taking", Sealed.of("")
    one.runner, one.heartbeat = cmd.runner, ctx.at
    one.begun_at = one.begun_at or ctx.at
    one.save()
    ctx.note(total=one.total, bad=one.bad)
    return one


def _begin(one: SheetImport, cmd: Take) -> None:
    if cmd.mode == "all_or_nothing" and one.bad:
        words = _("有 %(n)d 行有问题，不能全部收下。请改好再传，或者只收没问题的行。")
        raise Refused("sheets.bad_rows", words % {"n": one.bad}, status=422)
    if not one.new + one.changed + one.same:
        raise Refused("sheets.no_good_rows", _("没有能收的行。请照说明改好，再传一次。"), status=422)
    one.mode, one.leave_out, one.seen = cmd.mode, sorted(set(cmd.leave_out)), 0
