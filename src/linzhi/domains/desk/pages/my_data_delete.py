"""注销并删除: what goes and what stays, and by which law; then it is done at once."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.foundation.privacy import personal
from linzhi.foundation.rights.commands import Erase, erase
from linzhi.kernel.refused import Refused
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest) -> HttpResponse:
    """Show it; POST with `confirmed` erases and signs out. Somebody not signed in is asked to sign in."""
    actor = powers_of(request).actor
    if actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    refusal = ""
    if request.method == "POST":
        try:
            erase(actor, Erase(account_id=actor.account_id, confirmed=request.POST.get("confirmed") == "1"))
        except Refused as refused:
            refusal = refused.message
        else:
            logout(request)
            messages.success(request, _("已经注销，您的信息删好了。"))
            return redirect("desk:start")
    parts = personal.erasers()
    context = {
        "removes": [str(part.removes) for part in parts if part.removes],
        "keeps": [str(part.keeps) for part in parts if part.keeps],
        "refusal": refusal,
    }
    return page(request, "desk/my_data_delete.html", context, status=422 if refusal else 200)
