"""How places stand, in numbers: from the tallies of the day, a county's for the places above it; and the lists behind the numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, JSONField, OuterRef, Q, Subquery
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from linzhi.domains.compliance.models import Finding, Layout, Standing, Tally
from linzhi.domains.compliance.queries import check_of
from linzhi.domains.compliance.rules import Counts, Stand, stand_of
from linzhi.foundation.access.actions import action_of
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, ESTATE_LENGTH, LEVELS, SEGMENT, within
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotAllowed, NotFound
from linzhi.policy.checks import Check
from linzhi.policy.load import packs
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import DEFAULT_PACK, find

VIEW, VIEW_PARTY = "compliance.view_standing", "compliance.view_party_standing"
TALLIED = ("county", "street", "community")
MIN_CELL = "privacy.min_cell"


@dataclass(frozen=True)
class Node:
    """One place with how many of its subjects stand how, by check; `at` is when that was counted (None: never)."""

    code: str
    path: str
    name: str
    level: str
    counts: Mapping[str, Counts]
    at: datetime | None


@dataclass(frozen=True)
class Board:
    """A place and those one level below, in the order of the tree, with the checks the asker may see; `least` is `privacy.min_cell`."""

    here: Node
    below: tuple[Node, ...]
    checks: tuple[Check, ...]
    least: int

    def stand(self, node: Node, check: Check) -> Stand:
        """How a place stands by one check."""
        return stand_of(check, node.counts.get(check.code, {}))

    def worst(self, node: Node) -> Stand | None:
        """The check by which a place stands worst, or None where nothing is asked."""
        found = [self.stand(node, check) for check in self.checks]
        return min((one for one in found if one.asked), key=lambda one: (one.rank, -one.red, -one.amber), default=None)


def widest(powers: Powers, action: str = VIEW) -> str:
    """The widest place where the asker holds the action. Refused when there is none."""
    roles = {rule.role for rule in action_of(action).rules}
    paths = [grant.path for role, held in powers.grants.items() if role in roles for grant in held]
    if not paths or not powers.actor.may_use(action):
        raise NotAllowed(action, powers.decide(action).reason)
    return min(paths, key=lambda path: (len(path), path))


def place_of(powers: Powers, code: str, action: str = VIEW) -> Territory:
    """The place with a code, or the widest one of the asker's. Raises NotFound for a place that isn't the asker's."""
    if not code:
        return Territory.objects.get(path=widest(powers, action))
    place = Territory.objects.filter(code=code).first()
    if place is None or not powers.decide(action, place):
        raise NotFound(_no_place())
    return place


def _no_place() -> str:
    return _("没有这个地方，或者不在您的范围内。")


def sees(powers: Powers, place: Any, check: Check) -> bool:
    """Whether the asker may see a place by a check: what the closed room shows, only the party line of the place."""
    return bool(powers.decide(VIEW_PARTY if check.room else VIEW, place))


def visible_findings(powers: Powers) -> Q:
    """A filter for the findings of the places that the asker sees, of the room that he sees there."""
    return (Q(room="") & powers.visible(VIEW)) | (~Q(room="") & powers.visible(VIEW_PARTY))


def checks_at(powers: Powers, place: Territory, codes: Iterable[str]) -> tuple[Check, ...]:
    """Checks by their names, as the pack of the place or else another has them; only those that the asker may see."""
    own = pack_for(place.path)
    order = list(dict.fromkeys([own, DEFAULT_PACK, *packs().by_name]))
    found = []
    for code in codes:
        check = next((one for pack in order if (one := check_of(pack, code)) is not None), None)
        if check is not None and sees(powers, place, check):
            found.append(check)
    return tuple(found)


def board(powers: Powers, place: Territory, on: date, *, only: Sequence[str] = ()) -> Board:
    """How a place and those below it stood on a day (the last count until then); of some checks only. One statement for all counts."""
    here, below = tallied(place, on)
    codes = only or sorted({code for node in (here, *below) for code in node.counts})
    least = find(MIN_CELL, on=on, pack=pack_for(place.path))
    return Board(here, below, checks_at(powers, place, codes), int(least.value) if least else 1)


def tallied(place: Territory, on: date) -> tuple[Node, tuple[Node, ...]]:
    """A place and those one level below with their counts of a day. Whoever calls it has to leave out what the asker may not see."""
    if len(place.path) >= ESTATE_LENGTH - SEGMENT:
        return _small(place, on)
    step = len(place.path) + SEGMENT
    level = LEVELS[LEVELS.index(place.level) + 1]
    counted = "county" if len(place.path) < COUNTY_LENGTH else level
    inner = Territory.objects.filter(within("path", place.path), level=counted, end__isnull=True)
    rows = list(_with_tally(inner | Territory.objects.filter(pk=place.pk), on))
    children = rows
    if counted != level:
        children = list(Territory.objects.filter(within("path", place.path), level=level, end__isnull=True).order_by("path"))
    sums: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    newest: dict[str, datetime] = {}
    for row in rows:
        for path in {row.path[:step], place.path} if len(place.path) < COUNTY_LENGTH else {row.path}:
            for code, counts in (row.counts or {}).items():
                sums[path][code].update(counts)
            if row.at is not None:
                newest[path] = max(newest.get(path, row.at), row.at)

    def node(one: Territory) -> Node:
        return Node(one.code, one.path, one.name, one.level, sums.get(one.path, {}), newest.get(one.path))

    return node(place), tuple(node(one) for one in children if one.pk != place.pk)


def nodes_inside(path: str, level: str, on: date, most: int) -> tuple[Node, ...]:
    """The places of a tallied level inside a place with their counts of a day, in the order of the tree; none beyond `most`.

    Whoever calls it has to leave out what the asker may not see.
    """
    inner = Territory.objects.filter(within("path", path), level=level, end__isnull=True)
    rows = list(_with_tally(inner, on)[: most + 1])
    if len(rows) > most:
        return ()
    return tuple(Node(row.code, row.path, row.name, row.level, row.counts or {}, row.at) for row in rows)


def _with_tally(places: Any, on: date) -> Any:
    last = Tally.objects.filter(path=OuterRef("path"), day__lte=on).order_by("-day")
    counts = Subquery(last.values("counts")[:1], output_field=JSONField())
    return places.annotate(counts=counts, at=Subquery(last.values("at")[:1])).order_by("path")


def _small(place: Territory, on: date) -> tuple[Node, tuple[Node, ...]]:
    """A community with its estates, or an estate alone: from the standings themselves, of today."""
    path = place.path
    totals: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    layouts = {row.pk: row.checks for row in Layout.objects.all()}
    grouped = Standing.objects.filter(within("path", path)).annotate(node=Substr("path", 1, ESTATE_LENGTH))
    for node, layout, states, n in grouped.values_list("node", "layout_id", "states").annotate(n=Count("pk")).order_by():
        for code, state in zip(layouts[layout], states, strict=True):
            for where in {node, path}:
                totals[where][code][state] += n
    states_of = {code for layout in layouts.values() for code in layout}
    excused = Count("pk", filter=Q(excused_until__gte=on))
    rows = Finding.objects.filter(within("path", path), closed__isnull=True).annotate(node=Substr("path", 1, ESTATE_LENGTH))
    for node, code, n, x in rows.values_list("node", "check_code").annotate(n=Count("pk"), x=excused).order_by():
        for where in {node, path}:
            totals[where][code]["x"] += x
            if code not in states_of:
                totals[where][code]["n"] += n
    at = Tally.objects.filter(path=path[: ESTATE_LENGTH - SEGMENT]).order_by("-day").values_list("at", flat=True).first()
    inner = Territory.objects.filter(within("path", path), level="estate", end__isnull=True).order_by("path")
    nodes = [Node(one.code, one.path, one.name, one.level, totals.get(one.path, {}), at) for one in inner]
    here = Node(place.code, path, place.name, place.level, totals.get(path, {}), at)
    return here, tuple(one for one in nodes if one.path != path)


def counts_on(paths: Sequence[str], on: date) -> dict[str, Mapping[str, Counts]]:
    """Path to what was counted there last until a day, for counties, streets and communities; what was never counted is left out."""
    rows = _with_tally(Territory.objects.filter(path__in=paths, level__in=TALLIED), on)
    return {row.path: row.counts for row in rows if row.counts is not None}


@dataclass(frozen=True)
class Listed:
    """One line of the list behind a number: a subject as it stands, or one finding of a listing. `pk` is the finding's, if any."""

    subject: str
    ref: int
    name: str
    path: str
    state: str
    since: datetime
    excused: str
    due: date | None
    pk: int | None


STATES = "nxp?m-"


def behind(powers: Powers, place: Territory, check: Check, states: str = "", *, first: int = 0, most: int = 50) -> tuple[list[Listed], int]:
    """The subjects inside a place that stand so by a check (empty: all), in the order of the tree, a page and how many; of a listing
    its open findings. Refused for what the asker may not see."""
    if not sees(powers, place, check):
        raise NotFound(_no_place())
    if check.entry.none is not None:
        found = Finding.objects.filter(within("path", place.path), check_code=check.code, closed__isnull=True).order_by("path", "pk")
        lines = [
            Listed("", row.pk, row.words, row.path, "n", row.opened, _excuse(row, powers), row.due, row.pk)
            for row in found[first : first + most]
        ]
        return lines, found.count()
    rows = Standing.objects.filter(within("path", place.path)).filter(_standing_so(check.code, states.replace("x", "n")))
    if states == "x":
        rows = rows.filter(_excused_refs(place, check, powers))
    total = rows.count()
    page = list(rows.select_related("layout").order_by("path", "pk")[first : first + most])
    keys = [f"{row.subject}:{row.ref}" for row in page]
    open_ = {row.subject: row for row in Finding.objects.filter(check_code=check.code, subject__in=keys, closed__isnull=True)}
    lines = []
    for row, key in zip(page, keys, strict=True):
        state, finding = row.states[row.layout.checks.index(check.code)], open_.get(key)
        words = _excuse(finding, powers) if finding else ""
        due, pk = (finding.due, finding.pk) if finding else (None, None)
        lines.append(Listed(row.subject, row.ref, row.name, row.path, state, row.since, words, due, pk))
    return lines, total


def _standing_so(code: str, states: str) -> Q:
    """Standings in whose layout the check stands, and whose state of it is one of these."""
    found = []
    for layout in Layout.objects.all():
        if code in layout.checks:
            at = layout.checks.index(code) + 1
            one = Q(layout=layout)
            if states:
                letters = Standing.objects.filter(layout=layout).annotate(letter=Substr("states", at, 1)).filter(letter__in=list(states))
                one &= Q(pk__in=letters.values("pk"))
            found.append(one)
    return reduce(or_, found, Q(pk__in=()))


def _excused_refs(place: Territory, check: Check, powers: Powers) -> Q:
    today = day_of(powers.at)
    rows = Finding.objects.filter(within("path", place.path), check_code=check.code, closed__isnull=True, excused_until__gte=today)
    refs = [int(subject.rpartition(":")[2]) for subject in rows.values_list("subject", flat=True)]
    return Q(subject=check.entry.subject, ref__in=refs)


def _excuse(row: Finding, powers: Powers) -> str:
    return row.excused_reason if row.excused_until and row.excused_until >= day_of(powers.at) else ""


def struck_off(path: str, codes: Sequence[str], since: datetime, until: datetime, length: int) -> dict[tuple[str, str], int]:
    """(Path of so many characters, check) to how many findings were closed between two moments (销号)."""
    rows = Finding.objects.filter(within("path", path), check_code__in=codes, closed__gt=since, closed__lte=until)
    grouped = rows.annotate(node=Substr("path", 1, length)).values_list("node", "check_code").annotate(n=Count("pk")).order_by()
    return {(node, code): n for node, code, n in grouped}


def stands_of_estates(board: Board, powers: Powers, chosen: Check | None, most: int) -> dict[str, str]:
    """Estate path to ok, warn, bad or none by one check, or by the worst; empty where more than so many estates lie inside."""
    rows = Standing.objects.filter(within("path", board.here.path), subject="estate")
    checks = {check.code: check for check in board.checks if check.entry.subject == "estate" and (chosen is None or check == chosen)}
    kept = list(rows.order_by("path").values_list("ref", "path", "layout_id", "states")[: most + 1])
    if len(kept) > most or not checks:
        return {}
    layouts = {row.pk: row.checks for row in Layout.objects.filter(subject="estate")}
    excused = set(
        Finding.objects.filter(within("path", board.here.path), closed__isnull=True, excused_until__gte=day_of(powers.at))
        .values_list("subject", "check_code")
    )  # fmt: skip
    found = {}
    for ref, path, layout, states in kept:
        worst: list[tuple[int, str]] = []
        for code, state in zip(layouts[layout], states, strict=True):
            if code in checks:
                counts = {state: 1, **({"x": 1} if (f"estate:{ref}", code) in excused else {})}
                stand = stand_of(checks[code], counts)
                worst += [(stand.rank, stand.kind)] if stand.asked else []
        found[path] = min(worst)[1] if worst else "none"
    return found
