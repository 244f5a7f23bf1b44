"""One staff account: how it stands, and what can be done about signing in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.desk.pages.admin_account_act import ACTS
from linzhi.domains.desk.pages.admin_account_link import channels
from linzhi.domains.desk.pages.admin_accounts import standing
from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.links import good_until
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The account, masked, its posts, and what each act does. For administrators; 404 for a resident's account."""
    powers = powers_of(request)
    line = accounts.staff_line(powers, pk)
    context = {
        "line": line,
        "mark": standing(line),
        "posts": bodies.posts_of(pk, powers.at),
        "acts": [(key, act) for key, act in ACTS.items() if act.fits(line) and not (act.never_own and pk == powers.actor.account_id)],
        "channels": channels(line.account),
        "until": good_until(powers.at),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        "to_hand_out": line.account.active and line.waiting,
    }
    return page(request, "desk/admin_account.html", context, nav="accounts")
