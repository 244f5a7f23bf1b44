"""工作台: exceptions first, then what to look at, then my tasks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from linzhi.domains.bodies import queries as bodies
from linzhi.domains.desk import queries
from linzhi.domains.places import queries as places
from linzhi.kernel import clock
from linzhi.web.asker import powers_of
from linzhi.web.render import page

LABELS = {
    "overdue": gettext_lazy("超时"),
    "today": gettext_lazy("今天到期"),
    "returned": gettext_lazy("被退回"),
    "reopened": gettext_lazy("重新打开"),
    "low": gettext_lazy("低分评价"),
    "unlocated": gettext_lazy("没有地点"),
    "undelivered": gettext_lazy("消息没送到"),
    "findings": gettext_lazy("台账要补的"),
}


def view(request: HttpRequest) -> HttpResponse:
    """The staff home. Somebody who isn't signed in is asked to; somebody without a post is told."""
    powers = powers_of(request)
    if powers.actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    queries.require(powers, "desk.view_home")
    at = clock.now()
    home = queries.home(powers, at)
    context = {
        "home": home,
        "tally": _tally(home),
        "labels": places.place_labels({r.path for r in home.first} | {t.path for t in home.tasks}),
        "handlers": bodies.body_names(r.matter.handler_body_id for r in home.first),
        "at": at,
    }
    return page(request, "desk/home.html", context, nav="home")


def _tally(home: queries.Home) -> list[dict[str, object]]:
    items: list[dict[str, object]] = []
    for tab in queries.EXCEPTIONS:
        items.append(
            {
                "count": home.counts[tab],
                "label": LABELS[tab],
                "href": f"{reverse('requests:list')}?tab={tab}",
                "note": home.notes.get(tab, ""),
                "over": tab == "overdue",
            }
        )
    items.append({"count": home.undelivered, "label": LABELS["undelivered"], "href": reverse("desk:undelivered"), "note": ""})
    items.append({"count": home.findings, "label": LABELS["findings"], "href": f"{reverse('compliance:findings')}?mine=1", "note": ""})
    return items
