"""应用与令牌: the programs that may call the API, and their keys."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linzhi.domains.desk import queries
from linzhi.domains.desk.pages.admin_scopes import scope_words
from linzhi.foundation.access import granting
from linzhi.foundation.access.actions import role_title
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.commands import RevokeToken, revoke_token
from linzhi.foundation.accounts.models import ApiToken
from linzhi.foundation.accounts.tokens import most_per_minute
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest) -> HttpResponse:
    """Every program with its tokens. For administrators."""
    powers = powers_of(request)
    queries.require(powers, "accounts.issue_token")
    apps = accounts.apps(powers)
    held = granting.roles_of([app.pk for app in apps], powers.at)
    ordered = sorted(accounts.tokens(powers), key=lambda token: (token.account_id, -token.pk))
    tokens = {account_id: list(group) for account_id, group in groupby(ordered, key=lambda token: token.account_id)}
    rows = [(app, [role_title(role) for role in held.get(app.pk, [])], _lines(tokens.get(app.pk, []), powers.at)) for app in apps]
    return page(request, "desk/admin_apps.html", {"apps": rows, "usual": settings.TOKEN_CALLS_PER_MINUTE}, nav="apps")


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take the token away. For administrators; 404 for a token that doesn't exist."""
    powers = powers_of(request)
    queries.require(powers, "accounts.revoke_token")
    token = next((one for one in accounts.tokens(powers) if one.pk == pk), None)
    if token is None:
        raise NotFound(_("没有这个令牌。"))
    if request.method == "POST":
        revoke_token(powers.actor, RevokeToken(token_id=pk))
        messages.success(request, _("令牌吊销了，从现在起不能再用。"))
        return redirect("desk:apps")
    if token.revoked is not None:
        messages.info(request, _("这个令牌早就吊销了。"))
        return redirect("desk:apps")
    return page(request, "desk/admin_token_revoke.html", {"token": token, "scopes": scope_words(token.scopes)}, nav="apps")


def _lines(tokens: list[ApiToken], at: datetime) -> list[dict[str, object]]:
    return [
        {
            "token": token,
            "scopes": scope_words(token.scopes),
            "mark": _mark(token, at),
            "usable": token.revoked is None,
            "last": last_day(token),
            "per_minute": most_per_minute(token),
        }
        for token in tokens
    ]


def last_day(token: ApiToken) -> date | None:
    """The last day on which a token can be used; None without an end."""
    return day_of(token.expires - timedelta(microseconds=1)) if token.expires else None


def _mark(token: ApiToken, at: datetime) -> tuple[str, str]:
    if token.revoked is not None:
        return "none", _("吊销了")
    if not token.account.active:
        return "none", _("应用停用了")
    if token.expires is not None and token.expires <= at:
        return "none", _("过期了")
    if token.expires is not None and (token.expires - at).days < 14:
        return "warn", _("快到期")
    return "ok", _("能用")
