"""报到: couriers, riders and drivers tell a place of their own will that they work there; and take it back by the receipt's number."""

from __future__ import annotations

from uuid import uuid4

import segno
from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from pydantic import ValidationError

from linzhi.domains.people import queries
from linzhi.domains.people.commands import CheckIn, CheckOut, check_in, check_out
from linzhi.domains.people.commands.register_person import locate
from linzhi.domains.people.pages.forms import CheckInForm
from linzhi.domains.people.pages.frame import asked_of, base
from linzhi.domains.people.rules import OCCUPATIONS, WISHES
from linzhi.domains.places import queries as places
from linzhi.foundation.commands.rates import HOUR, spend
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import errors_from
from linzhi.web.render import page

A_PLACE = ("community", "estate")
MOST, GUESSES = 30, 20
RECEIPT = "people.check_in"


def view(request: HttpRequest, code: str) -> HttpResponse:
    """The form behind the code at the door: only the occupation is needed. Sent twice, it is one check-in."""
    place = locate(code)
    if place.level not in A_PLACE:
        raise NotFound(_("报到要选社区或小区。"))
    powers = powers_of(request)
    form = CheckInForm(request.POST if request.method == "POST" else None, initial={"key": str(uuid4())})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        key = given.pop("key") or str(uuid4())
        try:
            spend(f"check_in:{_source(request)}", key, MOST, powers.at, HOUR)
            made = check_in(powers.actor, CheckIn(place=place.code, **given), key=f"check_in:{key}")
        except (Refused, ValidationError) as error:
            errors_from(error, form)
        else:
            request.session[RECEIPT] = made.number
            return redirect("people:checked_in")
    return page(request, "people/check_in.html", {"place": place, "form": form}, status=422 if form.errors else 200)


def _source(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))


@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """The number, once more as long as the browser stays open."""
    number = request.session.get(RECEIPT, "")
    return page(request, "people/checked_in.html", {"number": number})


@never_cache
def delete(request: HttpRequest) -> HttpResponse:
    """Delete a check-in by its number; no reason is asked. Many tries are refused for a while."""
    powers = powers_of(request)
    number = request.POST.get("number", "").strip()[:24]
    fault, gone = "", False
    if request.method == "POST":
        try:
            spend(f"check_out:{_source(request)}", number, GUESSES, powers.at, HOUR)
            check_out(powers.actor, CheckOut(number=number))
            gone = True
            request.session.pop(RECEIPT, None)
        except Refused as refusal:
            fault = refusal.message
    shown = "" if gone else number or str(request.session.get(RECEIPT, ""))
    return page(request, "people/check_out.html", {"fault": fault, "gone": gone, "number": shown}, status=422 if fault else 200)


def listed(request: HttpRequest) -> HttpResponse:
    """For the place's workers: who checked in, masked, and the code to put up."""
    asked = asked_of(request, "people.view_check_ins")
    rows = queries.check_ins(asked.powers, asked.place.path)
    address = request.build_absolute_uri(reverse("people:check_in", args=[asked.place.code]))
    own = asked.place.level in A_PLACE
    context = base(request, asked, "check_ins") | {
        "rows": rows[:200],
        "total": len(rows),
        "labels": places.place_labels({one.path for one in rows[:200]}),
        "words": {"occupation": OCCUPATIONS, "wish": WISHES},
        "address": address if own else "",
        "square": segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2) if own else "",
    }
    return page(request, "people/check_ins.html", context, nav="people")
