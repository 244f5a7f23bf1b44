"""Who calls the API: a program by its token, a signed-in person by the session, or nobody known."""

from __future__ import annotations

import secrets
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from linzhi.foundation.accounts import tokens
from linzhi.foundation.accounts.actor import actor_of
from linzhi.foundation.accounts.middleware import has_second_factor
from linzhi.foundation.commands.rates import spend
from linzhi.kernel import clock
from linzhi.kernel.actor import ANONYMOUS, Actor
from linzhi.kernel.refused import Refused

SAFE = ("GET", "HEAD", "OPTIONS")
SHORTEST_KEY = 16


class Token(AuthBase):
    """`Authorization: Bearer lz_...`. A header of any other kind is refused rather than passed over."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Actor | None:
        header = request.headers.get("Authorization")
        return tokens.authenticate(header, clock.now()) if header else None


class Session(AuthBase):
    """The session of somebody who signed in on the pages; what changes something also needs the X-CSRFToken header."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        actor = actor_of(request)
        if actor == ANONYMOUS:
            return None
        if not settings.DEMO and getattr(request.user, "staff", False) and not has_second_factor(request):
            raise Refused("accounts.second_factor", _("工作账号要先在登录页完成第二道验证。"), status=403)
        if check_csrf(request):
            raise Refused("http.csrf", _("为了安全，这次没有送出：缺少 X-CSRFToken，或者它过期了。"), status=403)
        return actor


def nobody(request: HttpRequest) -> Actor:
    """Who isn't known may ask, and write what is open to anyone, a limited number of times an hour.

    All of them share one scope of idempotency keys, and who repeats a report with its key is given its status code again. So a key
    has to be one that nobody guesses: Refused (422) below 16 characters.
    """
    if request.method in SAFE:
        return ANONYMOUS
    key = request.headers.get("Idempotency-Key", "")
    if key and len(key) < SHORTEST_KEY:
        raise Refused(
            "idempotency.key",
            _("没有登录时，幂等键至少要 %(n)d 个字符，例如一个 UUID。") % {"n": SHORTEST_KEY},
            status=422,
            field="Idempotency-Key",
        )
    act = f"{request.path}\n{key}\n{sha256(request.body).hexdigest()}" if key else secrets.token_hex(16)
    spend(get_adapter(request).get_client_ip(request), act, getattr(settings, "ANONYMOUS_WRITES_PER_HOUR", 30), clock.now())
    return ANONYMOUS
