"""演示：选一个人进入. The row of synthetic people, each entered by one click; outside the demo neither address exists."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linzhi.foundation.accounts import queries as accounts
from linzhi.web.render import page


@never_cache
@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The people one can be. 404 outside the demo."""
    if not settings.DEMO:
        raise Http404
    return page(request, "desk/demo_sign_in.html", {"people": accounts.demo_accounts()})


@require_POST
def sign_in(request: HttpRequest, account_id: int) -> HttpResponse:
    """Sign in as one of them. 404 outside the demo and for everybody who isn't in the row."""
    if not settings.DEMO:
        raise Http404
    person = next((account for account in accounts.demo_accounts() if account.pk == account_id), None)
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect("/")
