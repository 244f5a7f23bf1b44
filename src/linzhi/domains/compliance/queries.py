"""Reads of findings; filtered by the asker's powers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from linzhi.domains.compliance.models import Finding as Finding  # the row type is part of what higher domains may use
from linzhi.domains.compliance.rules import KINDS, FindingKind
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import within
from linzhi.kernel.clock import day_of


@dataclass(frozen=True)
class Pile:
    """The open findings of one kind: how many, how many past the day, how many are the asker's to mend."""

    code: str
    kind: FindingKind
    count: int
    late: int
    mine: int


def _open(powers: Powers, path: str) -> Q:
    return powers.visible("compliance.view_finding") & Q(closed__isnull=True) & (within("path", path) if path else Q())


def piles(powers: Powers, path: str = "") -> list[Pile]:
    """What is open inside a place (empty: everywhere the asker reaches), by kind, in the order of the kinds; one statement."""
    mine = Q(owner__in=list(powers.grants))
    late = Q(due__lt=day_of(powers.at))
    rows = Finding.objects.filter(_open(powers, path)).values("kind").order_by()
    counted = {row["kind"]: row for row in rows.annotate(n=Count("pk"), late=Count("pk", filter=late), mine=Count("pk", filter=mine))}
    return [
        Pile(code, kind, counted[code]["n"], counted[code]["late"], counted[code]["mine"])
        for code, kind in KINDS.items()
        if code in counted
    ]


def findings(powers: Powers, path: str = "", *, kind: str = "", mine: bool = False, first: int = 0, most: int = 50) -> list[Finding]:
    """A page of the open findings, what is due first; of one kind, or only those that the asker's posts have to mend."""
    rows = Finding.objects.filter(_open(powers, path))
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(owner__in=list(powers.grants)) if mine else rows
    return list(rows.order_by("due", "path", "pk")[first : first + most])


def waiting(powers: Powers) -> int:
    """How many open findings are the asker's to mend: the count on the home page."""
    return Finding.objects.filter(_open(powers, ""), owner__in=list(powers.grants)).count()
