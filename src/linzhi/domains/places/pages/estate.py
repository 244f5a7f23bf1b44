"""An estate's profile: what is known, declared beside counted, what is missing and who owes it, when it was last checked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linzhi.domains.places import metrics, queries
from linzhi.domains.places.commands import VerifyProfile, verify_profile
from linzhi.domains.places.models import Estate
from linzhi.domains.places.pages.frame import asked_of, base
from linzhi.domains.places.queries.profile import Item
from linzhi.domains.places.rules import AREA_SOURCES, CONDITIONS, PROPERTY_ARRANGEMENTS, SELF_GOVERNMENTS
from linzhi.foundation.access.actions import role_title
from linzhi.foundation.accounts import queries as accounts
from linzhi.kernel.refused import NotFound, Refused
from linzhi.web.jinja import query
from linzhi.web.render import page


def view(request: HttpRequest, code: str) -> HttpResponse:
    """The profile as of a day; POST writes down that somebody checked it today. Refused while a needed fact is missing."""
    asked = asked_of(request, code=code)
    estate = queries.estate(code)
    if estate is None:
        raise NotFound(_("没有找到这个小区。"))
    if request.method == "POST":
        try:
            verify_profile(asked.powers.actor, VerifyProfile(estate=estate.code, note=request.POST.get("note", "")[:200]))
            messages.success(request, _("记下了：今天复核过。"))
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("places:estate", estate.code)
    (estate,) = queries.as_of("estate", [estate], asked.on)
    profile = queries.profile_of(estate, asked.on)
    counted = metrics.counted(estate.path, asked.on).get(estate.path, metrics.Counted())
    context = base(request, asked, "home") | {
        "estate": estate,
        "profile": profile,
        "counted": counted,
        "facts": _facts(estate, profile.items),
        "compared": _compared(estate, counted),
        "people": _people(profile),
        "roles": {item.owes: role_title(item.owes) for item in profile.items},
        "buildings": queries.as_of("building", queries.buildings(estate, asked.on), asked.on),
        "homes": metrics.counted_by_building(estate.path, asked.on),
        "grids": _grids(estate, asked),
        "sources": AREA_SOURCES,
        "may_edit": asked.may("places.record_estates", estate),
        "may_move": asked.may("places.move_division"),
        "may_verify": asked.may("places.verify_profile", estate) and not profile.missing,
        "up": query({}, place=asked.line[-2].code if len(asked.line) > 1 else estate.code),
    }
    return page(request, "places/estate.html", context, nav="places")


def _facts(estate: Estate, items: tuple[Item, ...]) -> list[tuple[str, str]]:
    """Name and value of the filled facts that aren't counts."""
    filled = {item.field for item in items if item.filled}
    words: list[tuple[str, Any]] = [
        (_("编码"), estate.code), (_("类型"), queries.kind_title(estate.kind)), (_("地址"), estate.address),
        (_("建成年份"), estate.built_year), (_("常住人口"), estate.population),
    ]  # fmt: skip
    if "self_government" in filled:
        words.append((_("自治组织"), SELF_GOVERNMENTS[estate.self_government]))
    if "property_arrangement" in filled:
        words.append((_("物业管理方式"), PROPERTY_ARRANGEMENTS[estate.property_arrangement]))
    if estate.conditions is not None:
        words.append((_("小区状况"), "、".join(str(CONDITIONS.get(flag, flag)) for flag in estate.conditions) or _("没有要注明的")))
    if estate.boundary:
        words.append((_("四至范围"), _("标了 %(n)d 个点") % {"n": len(estate.boundary["coordinates"][0]) - 1}))
    return [(label, str(value)) for label, value in words if value not in (None, "")]


def _compared(estate: Estate, counted: metrics.Counted) -> list[tuple[str, int | None, int]]:
    """What was declared beside what the register counts."""
    return [(_("楼栋"), estate.declared_buildings, counted.buildings), (_("户数"), estate.households, counted.households)]


def _people(profile: Any) -> dict[str, str]:
    """The key of an actor to a name."""
    keys = {item.by for item in profile.items} | {profile.verified_by}
    ids = {key: int(key.split(":")[1]) for key in keys if key.startswith("person:") and key.split(":")[1].isdigit()}
    return {key: accounts.name(pk) for key, pk in ids.items()}


def _grids(estate: Estate, asked: Any) -> list[str]:
    found = {row.name: None for row in queries.grids_of(estate.path, asked.on)}
    return list(found)
