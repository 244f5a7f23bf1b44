"""Staff get no further than the sign-in pages until they have shown a second factor in this session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

OPEN = ("account_", "accounts_", "mfa_", "web:type")  # names of views; the last switches to large type


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session has shown an authenticator app, a passkey or a recovery code."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


class SecondFactorMiddleware:
    """Stands after allauth's middleware. In the demo, where people are synthetic and sign in by one click, it steps aside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send staff without a second factor to the page where they show or set one up."""
        if settings.DEMO or not getattr(request.user, "staff", False) or has_second_factor(request):
            return None
        if getattr(view, "asks_second_factor", False):
            return None  # the API, which refuses instead of sending to a page
        match = request.resolver_match
        if match is not None and match.view_name.startswith(OPEN):
            return None
        enrolled = Authenticator.objects.filter(user_id=request.user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
        if enrolled.exists():
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
        messages.info(request, _("工作账号要先设好第二道验证，才能进入工作页面。"))
        return HttpResponseRedirect(reverse("mfa_index"))
