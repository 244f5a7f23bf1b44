"""Answering with a file."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from linzhi.foundation.files import blobs
from linzhi.foundation.files.models import StoredFile

# A file is shown on its own, never as a page of ours: nothing in it may run or load.
_POLICY = {
    "image": "default-src 'none'; sandbox",
    "pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
    "sheet": "default-src 'none'; sandbox",
}
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf", "text/csv": "csv"}


def respond(request: HttpRequest, file: StoredFile, allowed: bool, thumb: bool = False) -> HttpResponseBase:
    """The file or its thumbnail with headers that keep it harmless. Not allowed and not there look alike (404)."""
    if not allowed or (thumb and file.kind != "image"):
        raise Http404(_("没有这个文件，或者您不能看。"))
    tag = f'"{file.sha256}{"-t" if thumb else ""}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified()
    else:
        try:
            handle = blobs.path_of(file.sha256, thumb=thumb).open("rb")
        except FileNotFoundError as error:
            raise Http404(_("这个文件不在了。")) from error
        response = FileResponse(handle, content_type="image/jpeg" if thumb else file.content_type)
        attached = file.kind not in ("image", "pdf")
        # Whoever may see the content may see its name; the name is sealed because it often names a person.
        response["Content-Disposition"] = content_disposition_header(attached, file.name.open_value() or _fallback_name(file)) or "inline"
        response["Content-Security-Policy"] = _POLICY[file.kind]
    response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=86400" if file.public else "private, max-age=600"
    if not file.public:
        response["Vary"] = "Cookie"
    return response


def _fallback_name(file: StoredFile) -> str:
    return f"{str(file.pk)[:8]}.{_ENDINGS.get(file.content_type, 'xlsx')}"
