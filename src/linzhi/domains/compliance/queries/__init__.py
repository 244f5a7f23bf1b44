"""Reads of findings; filtered by the asker's powers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Q

from linzhi.domains.compliance.models import Finding as Finding  # the row type is part of what higher domains may use
from linzhi.domains.compliance.queries.effect import Effect as Effect
from linzhi.domains.compliance.queries.effect import effect_of as effect_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import day_of
from linzhi.policy.checks import Check, shipped_checks
from linzhi.policy.load import packs
from linzhi.policy.resolve import DEFAULT_PACK


@dataclass(frozen=True)
class Pile:
    """The open findings of one check: how many, how many past the day, how many are the asker's to mend."""

    code: str
    title: str
    count: int
    late: int
    mine: int


def _open(powers: Powers, path: str) -> Q:
    return powers.visible("compliance.view_finding") & Q(closed__isnull=True) & (within("path", path) if path else Q())


def check_of(pack: str, code: str) -> Check | None:
    """A check as a pack has it; None for one that is no longer shipped."""
    return shipped_checks(pack if pack in packs().by_name else DEFAULT_PACK).get(code)


def piles(powers: Powers, path: str = "") -> list[Pile]:
    """What is open inside a place (empty: everywhere the asker reaches), by check, the late ones first; one statement."""
    mine = Q(owner__in=list(powers.grants))
    late = Q(due__lt=day_of(powers.at)) & ~excused(powers)
    rows = Finding.objects.filter(_open(powers, path)).values("check_code").order_by()
    counted = rows.annotate(n=Count("pk"), late=Count("pk", filter=late), mine=Count("pk", filter=mine), pack=Min("pack"))
    found = []
    for row in counted:
        check = check_of(row["pack"], row["check_code"])
        title = check.entry.title if check else row["check_code"]
        found.append(Pile(row["check_code"], title, row["n"], row["late"], row["mine"]))
    return sorted(found, key=lambda pile: (-pile.late, -pile.count, pile.code))


def excused(powers: Powers) -> Q:
    """A filter for findings with a reason on file that holds today."""
    return Q(excused_until__gte=day_of(powers.at))


def findings(powers: Powers, path: str = "", *, check: str = "", mine: bool = False, first: int = 0, most: int = 50) -> list[Finding]:
    """A page of the open findings, what is due first; of one check, or only those that the asker's posts have to mend."""
    rows = Finding.objects.filter(_open(powers, path))
    rows = rows.filter(check_code=check) if check else rows
    rows = rows.filter(owner__in=list(powers.grants)) if mine else rows
    return list(rows.order_by("due", "path", "pk")[first : first + most])


def waiting(powers: Powers) -> int:
    """How many open findings are the asker's to mend and not excused: the count on the home page."""
    return Finding.objects.filter(_open(powers, ""), owner__in=list(powers.grants)).exclude(excused(powers)).count()
