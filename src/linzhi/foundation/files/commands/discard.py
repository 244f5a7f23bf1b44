"""Delete an upload that was never attached."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.files.models import StoredFile
from linzhi.kernel.refused import NotFound, Refused


class Discard(Input):
    """Which file."""

    file_id: uuid.UUID


def _load(cmd: Discard) -> StoredFile:
    file = StoredFile.objects.select_for_update().filter(pk=cmd.file_id).first()
    if file is None:
        raise NotFound(_("没有这个文件。"))
    return file


@command("files.discard", on=_load)
def discard(ctx: Context, cmd: Discard, file: StoredFile) -> None:
    """Delete the row; the sweeper takes the blob when no other row has it. Refused once attached: it is part of a record then."""
    if file.subject:
        raise Refused("files.attached", _("这个文件已经附在事项里，不能单独删除。"))
    ctx.note(file=str(file.pk), sha256=file.sha256)
    file.delete()
