"""/files/<uuid>/ and /files/<uuid>/thumb/."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts.actor import actor_of
from linzhi.foundation.files.attachments import may_see
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.files.serving import respond
from linzhi.kernel import clock


@require_safe
def show(request: HttpRequest, file_id: uuid.UUID, thumb: bool = False) -> HttpResponseBase:
    """One file, to those who may see it; everyone else gets the same 404 as for a file that isn't there."""
    file = StoredFile.objects.filter(pk=file_id).first()
    if file is None:
        raise Http404(_("没有这个文件，或者您不能看。"))
    powers = Powers(actor_of(request), clock.now())
    return respond(request, file, may_see(powers, file, request.session.session_key or ""), thumb)
