"""Campaigns: what is struck off by place; milestones; what moved between sessions; who looks after what; what departments were asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from linzhi.domains.compliance.models import Campaign as Campaign
from linzhi.domains.compliance.models import DepartmentTask as DepartmentTask
from linzhi.domains.compliance.models import LeaderLink as LeaderLink
from linzhi.domains.compliance.models import Scheduling
from linzhi.domains.compliance.queries import check_of
from linzhi.domains.compliance.queries.board import Board, Node, board, counts_on, struck_off, tallied, widest
from linzhi.domains.compliance.rules import Counts, Stand, stand_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import ancestors, covers, within
from linzhi.kernel.clock import day_of
from linzhi.policy.campaigns import Campaign as PackCampaign
from linzhi.policy.campaigns import shipped_campaigns
from linzhi.policy.checks import Check
from linzhi.policy.queries import pack_for

SOON = 14
"""How many days before its day a milestone that isn't reached turns amber: a local setting."""


def campaigns(powers: Powers) -> list[Campaign]:
    """The campaigns of the asker's places and around them, open ones first, the newest first."""
    rows = Campaign.objects.filter(powers.visible("compliance.view_campaign"))
    return sorted(rows, key=lambda row: (row.closed is not None, -row.opened.timestamp(), -row.pk))


def campaign(powers: Powers, pk: int) -> Campaign | None:
    """One campaign that the asker may see, or None."""
    return Campaign.objects.filter(powers.visible("compliance.view_campaign"), pk=pk).first()


def on_offer(path: str) -> list[PackCampaign]:
    """The campaigns of the packs that a place can open."""
    return list(shipped_campaigns(pack_for(path)).values())


def checks_named(codes: Sequence[str], path: str) -> list[Check]:
    """Checks by their names as the pack of a place has them, whoever asks; names that no longer exist are left out."""
    pack = pack_for(path)
    return [check for code in codes if (check := check_of(pack, code)) is not None]


@dataclass(frozen=True)
class Line:
    """One place of a campaign's board: how it stands by each check, and by each what has moved since a day (None: not known)."""

    node: Node
    stands: tuple[Stand, ...]
    moved: tuple[int | None, ...]
    done: int
    of: int
    kind: str

    @property
    def left(self) -> int:
        """How many are still to be struck off."""
        return self.of - self.done


@dataclass(frozen=True)
class Wall:
    """A campaign's board at a place: the place itself, those below in the order of the tree; shares only from `least` on."""

    campaign: Campaign
    place: Territory
    checks: tuple[Check, ...]
    total: Line
    lines: tuple[Line, ...]
    least: int
    since: date
    board: Board


def wall(powers: Powers, row: Campaign, place: Territory, since: date) -> Wall:
    """The board of a campaign the asker may see, at one of the asker's places inside it; an ended one as of its last day."""
    on = day_of(row.closed or powers.at)
    until = row.closed or powers.at
    found = board(powers, place, on, only=row.checks)
    length = len(found.below[0].path) if found.below else len(place.path)
    struck = _struck(row, place.path, found.checks, until, length)
    before = counts_on([found.here.path, *(node.path for node in found.below)], since)
    total = _line(found, found.here, struck, before)
    lines = tuple(_line(found, node, struck, before) for node in found.below)
    return Wall(row, place, found.checks, total, lines, found.least, since, found)


def root(powers: Powers, row: Campaign) -> Territory:
    """Where the asker's board of a campaign begins: its own place, or the widest place of the asker's inside it."""
    own = widest(powers)
    inner = row.path if covers(own, row.path) else own
    if not covers(row.path, inner):
        paths = [grant.path for held in powers.grants.values() for grant in held if covers(row.path, grant.path)]
        inner = min(paths, key=lambda path: (len(path), path), default=row.path)
    return Territory.objects.get(path=inner)


def _struck(row: Campaign, path: str, checks: Sequence[Check], until: datetime, length: int) -> Counter[tuple[str, str]]:
    codes = [check.code for check in checks if check.entry.none is not None]
    found: Counter[tuple[str, str]] = Counter()
    for (node, code), n in struck_off(path, codes, row.opened, until, length).items():
        found[node, code] += n
        if node != path:
            found[path, code] += n
    return found


def _line(found: Board, node: Node, struck: Mapping[tuple[str, str], int], before: Mapping[str, Mapping[str, Counts]]) -> Line:
    stands = tuple(_counted(check, node.counts.get(check.code, {}), struck.get((node.path, check.code), 0)) for check in found.checks)
    moved = tuple(_moved(one, before.get(node.path)) for one in stands)
    asked = [one for one in stands if one.of]
    worst = min(asked, key=lambda one: one.rank, default=None)
    return Line(node, stands, moved, sum(one.done for one in asked), sum(one.of or 0 for one in asked), worst.kind if worst else "none")


def _counted(check: Check, counts: Counts, struck: int) -> Stand:
    """How a place stands; of a listing, what was struck off since the beginning is what is done."""
    stand = stand_of(check, counts)
    if stand.of is not None:
        return stand
    return replace(stand, done=struck, of=struck + counts.get("n", 0))


def _moved(now: Stand, before: Mapping[str, Counts] | None) -> int | None:
    """How many more are done than then; of a listing, how many fewer are open."""
    if before is None:
        return None
    then = before.get(now.check.code, {})
    if now.check.entry.none is not None:
        return then.get("n", 0) - ((now.of or 0) - now.done)
    return now.done - then.get("m", 0)


@dataclass(frozen=True)
class Mark:
    """A milestone as it stands: ok when all is done, bad once its day is past, warn when near, none before or where nothing is counted."""

    title: str
    day: date
    days_left: int
    done: int
    of: int
    kind: str
    uncounted: str


def marks(row: Campaign, total: Line, today: date) -> list[Mark]:
    """The milestones of a campaign by their days, counted over the place of the line."""
    by_code = {one.check.code: one for one in total.stands}
    found = []
    for one in row.milestones:
        day = date.fromisoformat(one["day"])
        left = (day - today).days
        stands = [by_code[code] for code in one["checks"] if code in by_code]
        done, of = sum(stand.done for stand in stands), sum(stand.of or 0 for stand in stands)
        kind = (
            "none" if one["uncounted"] or not stands else "ok" if done == of else "bad" if left < 0 else "warn" if left <= SOON else "none"
        )
        found.append(Mark(one["title"], day, left, done, of, kind, one["uncounted"]))
    return found


def snapshot(row: Campaign, at: datetime) -> dict[str, Any]:
    """How the campaign's place and those below stand: {code: {name, path, checks: {check: [done, of, red, amber]}}}."""
    place = Territory.objects.get(path=row.path)
    here, below = tallied(place, day_of(at))
    checks = checks_named(row.checks, row.path)
    struck = _struck(row, row.path, checks, at, len(below[0].path) if below else len(row.path))
    found: dict[str, Any] = {}
    for node in (here, *below):
        stands = [_counted(check, node.counts.get(check.code, {}), struck.get((node.path, check.code), 0)) for check in checks]
        found[node.code] = {
            "name": node.name,
            "path": node.path,
            "checks": {one.check.code: [one.done, one.of, one.red, one.amber] for one in stands},
        }
    return found


def moved_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What differs between two snapshots, in the order of the tree: place, check, done and of how many, then and now."""
    found = []
    for place in sorted(after, key=lambda code: str(after[code]["path"])):
        then = before.get(place, {}).get("checks", {})
        for code, now in sorted(after[place]["checks"].items()):
            was = then.get(code, [0, 0, 0, 0])
            if was[:2] != now[:2]:
                found.append({"name": after[place]["name"], "place": place, "check": code, "then": was[:2], "now": now[:2]})
    return found


def sessions(row: Campaign) -> list[Scheduling]:
    """The sessions of a campaign, the newest first."""
    return list(row.sessions.prefetch_related("tasks").order_by("-at", "-pk"))


def links(powers: Powers, path: str = "", *, on: date | None = None) -> list[LeaderLink]:
    """Who looks after what on a day (today) inside a place and around it; all that the asker may see when none is named."""
    day = on or day_of(powers.at)
    rows = LeaderLink.objects.filter(powers.visible("compliance.view_leader_links"), begin__lte=day)
    rows = rows.filter(Q(end__isnull=True) | Q(end__gt=day))
    rows = rows.filter(within("path", path) | Q(path__in=ancestors(path))) if path else rows
    return list(rows.order_by("path", "pk"))


def tasks(powers: Powers, *, open_only: bool = True, campaign_id: int | None = None) -> list[DepartmentTask]:
    """What departments were asked that the asker may see, what is due first."""
    rows = DepartmentTask.objects.filter(powers.visible("compliance.view_department_task"))
    rows = rows.filter(finished__isnull=True) if open_only else rows
    rows = rows.filter(campaign_id=campaign_id) if campaign_id is not None else rows
    return list(rows.select_related("campaign").order_by("due", "pk"))


def task(powers: Powers, pk: int) -> DepartmentTask | None:
    """One task that the asker may see, or None."""
    return DepartmentTask.objects.filter(powers.visible("compliance.view_department_task"), pk=pk).select_related("campaign").first()
