"""How many subjects of each division stand how, kept by the day: the board reads these, and what has moved since another day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import Substr

from linzhi.domains.compliance.models import Finding, Layout, Standing, Tally
from linzhi.foundation.statements import many
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, SEGMENT, within
from linzhi.kernel.clock import day_of
from linzhi.policy.judging import NOT_MET

COMMUNITY_LENGTH = COUNTY_LENGTH + 2 * SEGMENT
EXCUSED = "x"
"""Beside the states of `judging`: not met with a reason on file; counted in `n` too."""

Counts = dict[str, Counter[str]]


def count_again(path: str, at: datetime) -> None:
    """Count the divisions of a county, or of all counties inside a larger place, anew for today."""
    totals: dict[str, Counts] = defaultdict(lambda: defaultdict(Counter))
    layouts = {row.pk: row.checks for row in Layout.objects.all()}
    grouped = (
        Standing.objects.filter(within("path", path))
        .annotate(node=Substr("path", 1, COMMUNITY_LENGTH))
        .values_list("node", "layout_id", "states")
        .annotate(n=Count("pk"))
        .order_by()
    )
    for node, layout, states, n in grouped:
        counts = totals[node]
        for code, state in zip(layouts[layout], states, strict=True):
            counts[code][state] += n
    for node, code, n, excused in _rows(path, at):
        counts = totals[node]
        if not any(state in counts[code] for state in ("m", "n", "p", "-", "?")):
            counts[code][NOT_MET] += n
        counts[code][EXCUSED] += excused
    for length in (COMMUNITY_LENGTH, COMMUNITY_LENGTH - SEGMENT):
        for node in [node for node in totals if len(node) == length]:
            _add(totals[node[:-SEGMENT]], totals[node])
    day = day_of(at)
    nodes = Territory.objects.filter(within("path", path), level__in=("county", "street", "community"), end__isnull=True)
    kept = {row.path: row for row in Tally.objects.filter(within("path", path), day=day)}
    new, changed = [], []
    for node in nodes.values_list("path", flat=True):
        said = {code: {state: n for state, n in count.items() if n} for code, count in totals.get(node, {}).items()}
        row = kept.get(node)
        if row is None:
            new.append(Tally(path=node, day=day, at=at, counts=said))
        elif row.counts != said:
            row.counts, row.at = said, at
            changed.append(row)
    many.insert(new)
    Tally.objects.bulk_update(changed, ["counts", "at"], batch_size=500)


@dataclass(frozen=True)
class Change:
    """One subject that stands otherwise than before: its place, its layout and states before (None: new) and now (None: gone)."""

    path: str
    before: tuple[int, str] | None
    now: tuple[int, str] | None


def count_changes(path: str, changes: Sequence[Change], at: datetime) -> None:
    """Put a few changes inside a community right in today's counts above it; where today isn't counted yet, everything is counted."""
    nodes = [path[:length] for length in (COUNTY_LENGTH, COUNTY_LENGTH + SEGMENT, COMMUNITY_LENGTH)]
    rows = {row.path: row for row in Tally.objects.select_for_update().filter(path__in=nodes, day=day_of(at))}
    if len(rows) < len(nodes):
        count_again(path[:COUNTY_LENGTH], at)
        return
    if not changes:
        return
    ids = {one[0] for change in changes for one in (change.before, change.now) if one}
    layouts = {row.pk: row.checks for row in Layout.objects.filter(pk__in=ids)}
    for node in nodes:
        counts: Counts = defaultdict(Counter, {code: Counter(count) for code, count in rows[node].counts.items()})
        for change in changes:
            for sign, one in ((-1, change.before), (1, change.now)):
                for code, state in zip(layouts[one[0]], one[1], strict=True) if one else ():
                    counts[code][state] += sign
        rows[node].counts, rows[node].at = {code: +count for code, count in counts.items() if +count}, at
    Tally.objects.bulk_update(rows.values(), ["counts", "at"])


def _rows(path: str, at: datetime) -> list[tuple[str, str, int, int]]:
    excused = Count("pk", filter=Q(excused_until__gte=day_of(at)))
    rows = Finding.objects.filter(within("path", path), closed__isnull=True).annotate(node=Substr("path", 1, COMMUNITY_LENGTH))
    return list(rows.values_list("node", "check_code").annotate(n=Count("pk"), excused=excused).order_by())


def _add(target: Counts, more: Counts) -> None:
    for code, count in more.items():
        target[code].update(count)
