"""A campaign begins (销号行动): some checks over a place, with milestones; from a pack, or put together by the county office. LD-21, JS-54."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.compliance.events import CampaignOpened
from linzhi.domains.compliance.models import Campaign
from linzhi.domains.compliance.queries import check_of
from linzhi.foundation.calendar.queries import work_calendar
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy.campaigns import Campaign as PackCampaign
from linzhi.policy.campaigns import shipped_campaigns
from linzhi.policy.checks import Check
from linzhi.policy.queries import pack_for

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


class MilestoneRow(Input):
    """By which day which of the checks are to be met."""

    title: Annotated[SafeText, Field(min_length=2, max_length=40)]
    day: date
    checks: Annotated[tuple[Code, ...], Field(min_length=1, max_length=40)]


class OpenCampaign(Input):
    """A place, and either the name of a pack's `campaign` or title, basis, checks and milestones of one's own."""

    place: str
    campaign: Annotated[str, Field(pattern=r"^([a-z][a-z0-9-]{0,39})?$")] = ""
    title: Annotated[SafeText, Field(max_length=60)] = ""
    basis: Annotated[SafeText, Field(max_length=200)] = ""
    checks: Annotated[tuple[Code, ...], Field(max_length=40)] = ()
    milestones: Annotated[tuple[MilestoneRow, ...], Field(max_length=12)] = ()


def _load(cmd: OpenCampaign) -> Campaign:
    """The campaign as it would be, without its days: its place and its room decide who may open it."""
    place = Territory.objects.filter(code=cmd.place, end__isnull=True).first()
    if place is None or len(place.path) < COUNTY_LENGTH or place.level not in ("county", "street", "community"):
        raise NotFound(_("没有这个县（市、区）、街道或社区。"))
    pack = pack_for(place.path)
    if cmd.campaign:
        shipped = _shipped(pack, cmd.campaign)
        codes: Iterable[str] = shipped.entry.checks
        room = _room(_checks(pack, codes))
        title, basis = shipped.entry.title, shipped.basis
        return Campaign(pack=shipped.pack, code=shipped.code, title=title, path=place.path, room=room, checks=list(codes), basis=basis)
    for field in ("title", "basis", "checks", "milestones"):
        if not getattr(cmd, field):
            raise Refused("compliance.campaign_unfinished", _("写清楚叫什么、凭什么、看哪几项、到哪天做到什么。"), status=422, field=field)
    codes = tuple(dict.fromkeys(cmd.checks))
    return Campaign(title=cmd.title, path=place.path, room=_room(_checks(pack, codes)), checks=list(codes), basis=cmd.basis)


@command("compliance.open_campaign", on=_load)
def open_campaign(ctx: Context, cmd: OpenCampaign, campaign: Campaign) -> Campaign:
    """Open it as of today. Refused while one of the same title is open there, for a check that the place
    doesn't have, or when a milestone asks what the campaign doesn't."""
    if Campaign.objects.filter(path=campaign.path, title=campaign.title, closed__isnull=True).exists():
        raise Refused("compliance.campaign_open", _("这里已经有同名的行动在进行。先结束那一个，或者换个名字。"), field="title")
    if cmd.campaign:
        milestones = _of_pack(_shipped(pack_for(campaign.path), cmd.campaign), campaign, ctx)
    else:
        milestones = _own(cmd)
    campaign.milestones = sorted(milestones, key=lambda row: str(row["day"]))
    campaign.begun = day_of(ctx.at)
    campaign.opened = ctx.at
    campaign.save()
    ctx.note(checks=campaign.checks, milestones=campaign.milestones, basis=campaign.basis)
    ctx.emit(CampaignOpened(campaign_id=campaign.pk, path=campaign.path))
    return campaign


def _shipped(pack: str, code: str) -> PackCampaign:
    found = shipped_campaigns(pack).get(code)
    if found is None:
        raise Refused("compliance.no_such_campaign", _("这里的政策包里没有这个行动。请从列表里选。"), status=422, field="campaign")
    return found


def _checks(pack: str, codes: Iterable[str]) -> list[Check]:
    found = []
    for code in codes:
        check = check_of(pack, code)
        if check is None:
            raise Refused("compliance.no_such_check", _("这里没有“%(code)s”这项检查。") % {"code": code}, status=422, field="checks")
        found.append(check)
    return found


def _room(checks: list[Check]) -> str:
    """The closed room, as soon as one check is of it."""
    return next((check.room for check in checks if check.room), "")


def _of_pack(shipped: PackCampaign, campaign: Campaign, ctx: Context) -> list[dict[str, Any]]:
    pack, calendar = pack_for(campaign.path), work_calendar(day_of(ctx.at))
    rows = []
    for one in shipped.entry.milestones:
        day = shipped.day_of(one, pack, ctx.at, calendar)
        if day is None:
            message = _("“%(title)s”的日期这里还没有规定，请先在本地规定里写上。") % {"title": one.title}
            raise Refused("compliance.milestone_without_day", message, status=422, field="campaign")
        rows.append({"title": one.title, "day": day.isoformat(), "checks": list(one.checks), "uncounted": one.uncounted or ""})
    return rows


def _own(cmd: OpenCampaign) -> list[dict[str, Any]]:
    rows = []
    for one in cmd.milestones:
        if extra := set(one.checks) - set(cmd.checks):
            message = _("“%(title)s”里的“%(code)s”不在这次行动的检查项里。") % {"title": one.title, "code": min(extra)}
            raise Refused("compliance.milestone_asks_more", message, status=422, field="milestones")
        rows.append({"title": one.title, "day": one.day.isoformat(), "checks": list(one.checks), "uncounted": ""})
    return rows
