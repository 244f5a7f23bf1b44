"""Delete the workbook of an import and what the preview kept of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.foundation.sheets.commands import loading
from linzhi.foundation.sheets.models import SheetFault, SheetImport, SheetTrace
from linzhi.kernel.refused import Refused


class ForgetFile(loading.OnImport):
    """Nothing else."""


@command("sheets.forget_file", on=loading.load)
def forget_file(ctx: Context, cmd: ForgetFile, one: SheetImport) -> SheetImport:
    """Delete the file and the findings; the counts stay, and until its term what an undo needs. Refused while it is under way.

    The file itself is deleted by the caller once this is committed: the row must never name a file that is gone by mistake.
    """
    if ctx.actor.kind != "system":
        loading.must_keep(ctx.powers, one)
    if one.under_way:
        raise Refused("sheets.state", _("正在办，先停下再删。"))
    due = one.forget_after <= ctx.at
    SheetFault.objects.filter(sheet_import=one).delete()
    if due:
        SheetTrace.objects.filter(sheet_import=one).delete()
    one.kept, one.file_key = "", Sealed.of("")
    if one.state in ("uploaded", "previewed"):
        one.state = "refused"
    one.save(update_fields=["kept", "file_key", "state"])
    ctx.note(traces=due)
    return one
