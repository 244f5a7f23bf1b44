"""账号: the people who work here and how they can sign in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.desk import queries
from linzhi.foundation.access import granting
from linzhi.foundation.access.actions import role_title
from linzhi.foundation.accounts import queries as accounts
from linzhi.web.asker import powers_of
from linzhi.web.render import page

A_PAGE = 50


def view(request: HttpRequest) -> HttpResponse:
    """Staff accounts; `?q=` looks for a name, a sign-in name or a whole phone number, `?state=` narrows. For administrators."""
    powers = powers_of(request)
    queries.require(powers, "accounts.view_account")
    words = request.GET.get("q", "").strip()[:40]
    state = request.GET.get("state", "")
    state = state if state in accounts.STATES else ""
    everyone = accounts.staff(powers, words)
    found = accounts.staff(powers, words, state) if state else everyone
    number = request.GET.get("page", "1")
    start = (int(number) - 1) * A_PAGE if number.isdecimal() and 0 < int(number) < 10_000 else 0
    shown = found[start : start + A_PAGE]
    held = granting.roles_of([line.account.pk for line in shown], powers.at)
    context = {
        "words": words,
        "state": state,
        "tabs": _tabs(everyone, words, state),
        "rows": [(line, standing(line), [role_title(role) for role in held.get(line.account.pk, [])]) for line in shown],
        "first": start + 1,
        "total": len(found),
        "number": start // A_PAGE + 1,
        "more": start + A_PAGE < len(found),
    }
    return page(request, "desk/admin_accounts.html", context, nav="accounts")


def standing(line: accounts.StaffLine) -> tuple[str, str]:
    """How an account stands: the kind of its mark, and words."""
    if not line.account.active:
        return "none", _("停用")
    if line.waiting:
        return "warn", _("等本人设密码")
    if not line.factors:
        return "warn", _("还没设第二道验证")
    return "ok", _("在用")


def _tabs(everyone: list[accounts.StaffLine], words: str, state: str) -> list[dict[str, object]]:
    titles = {"": _("全部"), "waiting": _("等设密码"), "bare": _("没有第二道验证"), "closed": _("停用")}
    counts = {
        "": len(everyone),
        "waiting": sum(line.account.active and line.waiting for line in everyone),
        "bare": sum(line.account.active and not line.waiting and not line.factors for line in everyone),
        "closed": sum(not line.account.active for line in everyone),
    }
    more = f"&q={words}" if words else ""
    return [{"label": title, "href": f"?state={key}{more}", "count": counts[key], "current": key == state} for key, title in titles.items()]
