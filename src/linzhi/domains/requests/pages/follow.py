"""跟进: hear how a public request goes on."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linzhi.domains.requests.commands import Follow, follow
from linzhi.domains.requests.pages.sight import sight_of
from linzhi.kernel.refused import Refused


@require_POST
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow it; somebody not signed in is asked to sign in first."""
    sight = sight_of(request, pk)
    here = reverse("requests:case", args=[pk])
    if sight.powers.actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={quote(here)}")
    try:
        follow(sight.powers.actor, Follow(request_id=pk))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("跟进了。有了进展会告诉您。"))
    return redirect(here)
