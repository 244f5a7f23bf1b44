"""今天: a grid worker's day on a phone; the same list for everyone who has tasks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from linzhi.domains.desk import queries
from linzhi.domains.places import queries as places
from linzhi.kernel import clock
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest) -> HttpResponse:
    """The asker's tasks: late, due today, later. Somebody who isn't signed in is asked to."""
    powers = powers_of(request)
    if powers.actor.account_id is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    queries.require(powers, "desk.view_home")
    at = clock.now()
    day = queries.day(powers, at)
    every = [*day.late, *day.today, *day.later]
    context = {"day": day, "count": len(day.late) + len(day.today), "at": at, "labels": places.place_labels({task.path for task in every})}
    return page(request, "desk/today.html", context, nav="today")
