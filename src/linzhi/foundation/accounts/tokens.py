"""API tokens: making their text, and telling from a header which program calls."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from linzhi.foundation.accounts.models import ApiToken
from linzhi.foundation.commands.rates import tick
from linzhi.kernel.actor import Actor, App
from linzhi.kernel.refused import Refused

PREFIX = "lz_"


def new_text() -> str:
    """A fresh token text of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(text: str) -> str:
    """What is kept of a token. A plain hash is enough: the text is random, so it can't be guessed from it."""
    return hashlib.sha256(text.encode()).hexdigest()


def authenticate(header: str, at: datetime) -> Actor:
    """The program behind `Authorization: Bearer lz_...`, with this call counted.

    Refused (401) when unknown, expired, revoked or its account is closed, and (429) beyond the token's calls in a minute.
    """
    scheme, _space, text = header.strip().partition(" ")
    token = None
    if scheme.lower() == "bearer" and text.startswith(PREFIX):
        token = ApiToken.objects.select_related("account").filter(token_hash=digest_of(text.strip())).first()
    if token is None or token.revoked is not None or not token.account.active:
        raise Refused("token.invalid", _("令牌不存在或者已经吊销。请向系统管理员要一个新的。"), status=401)
    if token.expires is not None and token.expires <= at:
        raise Refused("token.expired", _("令牌过期了。请向系统管理员要一个新的。"), status=401)
    tick(f"token:{token.pk}", most_per_minute(token), at)
    if token.last_used != at.date():  # a day is enough to see what is still in use, and costs one write a day
        ApiToken.objects.filter(pk=token.pk).update(last_used=at.date())
    return App(token.account_id, token.name, frozenset(token.scopes))


def most_per_minute(token: ApiToken) -> int:
    """How many calls a token has in a minute: its own limit, else the setting LINZHI_TOKEN_CALLS_PER_MINUTE."""
    return token.per_minute or int(settings.TOKEN_CALLS_PER_MINUTE)
