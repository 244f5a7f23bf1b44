"""A photo of a request, to those who may see it: also the reporter who came by the code, whom /files/ doesn't know."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhi.domains.requests import queries
from linzhi.domains.requests.pages.sight import sight_of
from linzhi.foundation.files.attachments import of_subject
from linzhi.foundation.files.serving import respond


@require_safe
def view(request: HttpRequest, pk: int, file_id: uuid.UUID, thumb: bool = False) -> HttpResponseBase:
    """One photo; for everybody else the same 404 as for a photo that isn't there."""
    sight = sight_of(request, pk)
    shown = {photo.file_id for photo in queries.photos_of(sight.request, full=sight.full)}
    file = next((one for one in of_subject(f"requests.request:{pk}") if one.pk == file_id), None)
    if file is None:
        raise Http404(_("没有这张照片，或者您不能看。"))
    return respond(request, file, file_id in shown, thumb)
