"""Remember an upload that was checked and written to the disk."""

from __future__ import annotations

from typing import Annotated

from pydantic import InstanceOf, PlainSerializer

from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.files.attachments import session_digest
from linzhi.foundation.files.intake import Prepared
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.privacy.fields import Sealed


class StoreUpload(Input):
    """A prepared file: an object of this process, which no form and no API body can make up.

    The audit log names the stored row, which has the content's digest; the entry itself has none, since the log is never
    changed and the row is, when the upload becomes part of an anonymous report.
    """

    upload: Annotated[InstanceOf[Prepared], PlainSerializer(lambda prepared: prepared.kind.kind)]
    session_key: Annotated[str, Private] = ""


@command("files.store_upload", on=lambda cmd: None)
def store_upload(ctx: Context, cmd: StoreUpload, subject: None) -> StoredFile:
    """Keep an upload, private and not attached to anything yet; after a day unattached it is discarded."""
    upload = cmd.upload
    return StoredFile.objects.create(
        sha256=upload.sha256,
        kind=upload.kind.kind,
        content_type=upload.kind.content_type,
        size=upload.size,
        width=upload.width,
        height=upload.height,
        uploaded_by=ctx.actor.account_id,
        session_digest=session_digest(cmd.session_key) if ctx.actor.account_id is None and cmd.session_key else "",
        name=Sealed.of(upload.name, "text"),
        created=ctx.at,
    )
