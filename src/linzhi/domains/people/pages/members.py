"""党员名册: the closed room. Only the party line of an estate enters; everything is masked, opening a name is logged."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from linzhi.domains.people import commands as do
from linzhi.domains.people.models import Membership
from linzhi.domains.people.pages.forms import MemberForm, RevealForm, show
from linzhi.domains.people.pages.frame import ROOM, Asked, asked_of, base, options
from linzhi.domains.people.queries import members as room
from linzhi.domains.people.rules import MEMBERSHIP_KINDS, STANDINGS
from linzhi.domains.places import queries as places
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.asker import powers_of
from linzhi.web.forms import errors_from
from linzhi.web.jinja import query
from linzhi.web.render import page

SHOWN = 200


@never_cache
def view(request: HttpRequest) -> HttpResponse:
    """The members of the place, masked, with exact counts. Refused to everybody but the party line."""
    asked = asked_of(request, ROOM)
    found = room.members_of(asked.powers, asked.place.path, asked.on)
    kind = request.GET.get("kind", "")
    shown = [one for one in found if not kind or one.membership.kind == kind]
    counts = room.member_counts(asked.powers, asked.place.path)
    here = reverse("people:members") + query({}, place=asked.place.code)
    tally = [{"count": counts.total, "label": _("党员"), "href": here, "note": "", "here": not kind}] + [
        {"count": n, "label": str(MEMBERSHIP_KINDS[code]), "href": f"{here}&kind={code}", "note": "", "here": kind == code}
        for code, n in (counts.kinds or {}).items()
    ]
    context = base(request, asked, "members") | {
        "rows": shown[:SHOWN],
        "more": max(len(shown) - SHOWN, 0),
        "tally": tally,
        "places": options(asked),
        "labels": places.place_labels({one.membership.path for one in shown[:SHOWN]}),
        "words": {"kind": MEMBERSHIP_KINDS, "standing": STANDINGS},
        "may_add": asked.place.level == "estate" and asked.may("people.record_memberships"),
        "several": asked.place.level != "estate",
    }
    return page(request, "people/members.html", context, nav="members")


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Whom a declaration is about: a person of the estate's register by phone or address; a POST, so that no link tells."""
    asked = _estate(request)
    phone, address = request.POST.get("phone", "").strip()[:20], request.POST.get("address", "").strip()[:40]
    found, fault = [], ""
    if request.method == "POST":
        try:
            found = room.persons_of_estate(asked.powers, asked.place, phone=phone, address=address)
        except Refused as refusal:
            fault = refusal.message
        if not phone and not address:
            fault = _("请填手机号或者房号。")
    context = base(request, asked, "members") | {
        "found": found, "fault": fault, "values": {"phone": phone, "address": address},
        "searched": request.method == "POST" and not fault,
    }  # fmt: skip
    return page(request, "people/member_find.html", context, nav="members", status=422 if fault else 200)


@never_cache
def new(request: HttpRequest, person_id: int) -> HttpResponse:
    """Enter a member: somebody who lives or owns in the estate and declared it."""
    asked = _estate(request)
    form = MemberForm(request.POST or None, initial={"kind": "living", "standing": "full"})
    back = reverse("people:members") + query({}, place=asked.place.code)

    def save(given: dict[str, Any]) -> None:
        _record(asked.powers, asked.place.code, given, person_id)

    return show(request, asked.place, form, title=_("登记党员"), back=back, note=_("登记好了，只有党组织这条线上的人看得到。"), save=save,
                more={"lead": _("本人说了才登记。姓名、组织关系都加密，别人只看到人数。")})  # fmt: skip


def _estate(request: HttpRequest) -> Asked:
    asked = asked_of(request, ROOM)
    asked.require("people.record_memberships")
    if asked.place.level != "estate":
        raise NotFound(_("请先选一个小区。"))
    return asked


def _member(powers: Powers, pk: int) -> room.Member:
    found = room.member(powers, pk)
    if found is None:
        raise NotFound(_("没有这条党员登记，或者不在您的范围内。"))
    return found


@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an entry, or end it by the day since which the member isn't of this estate any more."""
    powers = powers_of(request)
    found = _member(powers, pk)
    row = found.membership
    names = ("kind", "standing", "full_since", "settled", "willing", "end")
    form = MemberForm(request.POST or None, initial={name: getattr(row, name) for name in names} | {"seat": row.seat.masked})
    asked = asked_of(request, ROOM, code=_code(row))
    asked.require("people.record_memberships")
    back = reverse("people:members") + query({}, place=asked.place.code)

    def save(given: dict[str, Any]) -> None:
        if found.person is None:
            raise Refused("people.gone", _("这个人的登记已经不在了。"))
        said = given if given["seat"] != row.seat.masked else {**given, "seat": ""}
        _record(powers, asked.place.code, said, found.person.pk)

    title = _("更正%(name)s的登记") % {"name": found.person.name.masked if found.person else ""}
    return show(request, asked.place, form, title=title, back=back, note=_("改好了。"), save=save)


def _code(row: Membership) -> str:
    estate = places.estate_at(row.path)
    if estate is None:
        raise NotFound(_("没有找到这个小区。"))
    return estate.code


def _record(powers: Powers, estate: str, given: dict[str, Any], person_id: int) -> None:
    row = do.MemberRow(person_id=person_id, **given)
    do.record_memberships(powers.actor, do.RecordMemberships(estate=estate, rows=(row,)))


@never_cache
def open_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the purpose, then show name, phone and seat in the answer to the form only. Logged for the member."""
    powers = powers_of(request)
    found = _member(powers, pk)
    form = RevealForm(request.POST if request.method == "POST" else None, initial={"purpose": "contact"})
    del form.fields["field"]
    shown = None
    if request.method == "POST" and form.is_valid():
        try:
            shown = do.reveal_member(powers.actor, do.RevealMember(membership_id=pk, **form.cleaned_data))
        except Refused as refusal:
            errors_from(refusal, form)
    back = reverse("people:members") + query({}, place=_code(found.membership))
    context = {"member": found, "form": form, "shown": shown, "back": back, "today": day_of(powers.at)}
    return page(request, "people/open_member.html", context, nav="members", status=422 if form.errors else 200)
