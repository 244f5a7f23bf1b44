"""导出我的信息: everything in clear, for its owner, as a ZIP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linzhi.foundation.rights.commands import Export, export
from linzhi.foundation.rights.packing import pack
from linzhi.kernel.clock import day_of
from linzhi.web.asker import powers_of
from linzhi.web.render import page


@never_cache
def view(request: HttpRequest) -> HttpResponse:
    """Say what is in it; POST makes it and sends it, kept nowhere. Somebody not signed in is asked to sign in."""
    actor = powers_of(request).actor
    if actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    if request.method != "POST":
        return page(request, "desk/my_data_export.html", {})
    data = export(actor, Export(account_id=actor.account_id))
    answer = HttpResponse(pack(data.sections, data.at), content_type="application/zip")
    name = _("我的信息-%(day)s.zip") % {"day": day_of(data.at).isoformat()}
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
