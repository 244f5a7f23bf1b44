"""Uploads in the API: files.store_upload, and files.view for a file that the asker may see."""

from __future__ import annotations

import uuid
from typing import IO, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from ninja import File, Router, Status, UploadedFile
from pydantic import BaseModel

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.files import intake
from linzhi.foundation.files.attachments import may_see
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.files.serving import respond
from linzhi.kernel import clock
from linzhi.kernel.refused import NotFound

router = Router(tags=["文件"])


class FileOut(BaseModel):
    """A stored file; attach it by its id within a day, or it is discarded."""

    id: uuid.UUID
    content_type: str
    size: int


@router.post("/files", response={201: FileOut}, operation_id="files.store_upload", summary="上传照片或文件")
def upload(request: HttpRequest, file: UploadedFile = File(..., description="JPEG、PNG、WebP、HEIC 照片，或 PDF")) -> Status[FileOut]:
    """Keep a photo without its hidden data, private until it is attached. Refused for other kinds and for what is too large.

    Who isn't signed in gets a session cookie and sends it again with the report: only who uploaded a file may attach it.
    """
    actor = request.auth  # type: ignore[attr-defined]
    session_key = ""
    if actor.kind == "anonymous":
        if not request.session.session_key:
            request.session.create()
            request.session.modified = True
        session_key = request.session.session_key or ""
    stored = intake.take(actor, cast(IO[bytes], file.file), file.name or "", session_key=session_key)
    return Status(201, FileOut(id=stored.pk, content_type=stored.content_type, size=stored.size))


@router.get("/files/{uuid:file_id}", operation_id="files.view", summary="取一个文件")
def view(request: HttpRequest, file_id: uuid.UUID) -> HttpResponseBase:
    """The file itself. 404 also when it isn't the asker's to see."""
    file = StoredFile.objects.filter(pk=file_id).first()
    actor = request.auth  # type: ignore[attr-defined]
    if file is None:
        raise NotFound(_("没有这个文件，或者您不能看。"))
    return respond(request, file, may_see(Powers(actor, clock.now()), file, request.session.session_key or ""))
