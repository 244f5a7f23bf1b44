"""为什么能、为什么不能: any verdict of access, argued rule by rule."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.desk import queries
from linzhi.domains.requests.queries import for_explaining
from linzhi.foundation.access.actions import all_actions, role_title
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.accounts import queries as accounts
from linzhi.kernel import clock
from linzhi.kernel.actor import Person
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest) -> HttpResponse:
    """Ask who (an account's number or sign-in name), what (an action), on which request (its number); see every rule's verdict."""
    queries.require(powers_of(request), "desk.explain_access")
    who, action, number = (request.GET.get(name, "").strip() for name in ("who", "action", "number"))
    context: dict[str, object] = {"who": who, "action": action, "number": number, "actions": all_actions(), "error": "", "verdicts": None}
    if who and action:
        context |= _explained(who, action, number)
    return page(request, "desk/access.html", context, nav="access")


def _explained(who: str, action: str, number: str) -> dict[str, object]:
    account = accounts.by_id(int(who)) if who.isdigit() else accounts.by_username(who)
    if account is None:
        return {"error": _("没有这个账号。请填登录名或账号编号。")}
    if action not in {each.code for each in all_actions()}:
        return {"error": _("没有这个动作。")}
    subject = for_explaining(number) if number else None
    if number and subject is None:
        return {"error": _("没有这个编号的诉求。")}
    at = clock.now()
    powers = Powers(Person(account.pk), at)
    verdicts = [
        {"role": role_title(v.rule.role), "scope": type(v.rule.scope).__name__, "holds": v.holds, "why": v.why}
        for v in powers.explain(action, subject)
    ]
    return {
        "decision": powers.decide(action, subject),
        "verdicts": verdicts,
        "account": account,
        "posts": bodies.posts_of(account.pk, at),
        "subject": subject,
    }
