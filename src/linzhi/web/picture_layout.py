"""Where the plates, lanes and labels of a method's picture lie. Plain numbers in user units (16 to the rem); no markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

PLATE, PAD = 96, 10
NAME, SUB = 14, 12  # type sizes
NAME_LINE, SUB_LINE = 19, 16
GAP, LANE, CLEAR = 30, 28, 10
MARGIN = 12
MOST_LANES = 6
NO_LINE_START = "，。、；：！？）》”’"
SPACES = re.compile(r"(?<![0-9]) +")


@dataclass(frozen=True)
class Route:
    """An edge between two nodes; several acts that lead the same way are one route."""

    source: str
    target: str
    label: str


@dataclass(frozen=True)
class Path:
    """A line and its arrow head as SVG path data."""

    line: str
    head: str


@dataclass
class Plate:
    """One step as it is drawn; `lines` are (text, y, small)."""

    id: str
    kind: str
    current: bool
    names: list[str]
    subs: list[str]
    x: float = 0
    y: float = 0
    height: float = 0
    lines: list[tuple[str, float, bool]] = field(default_factory=list)

    @property
    def center(self) -> float:
        """The middle of the plate."""
        return self.x + PLATE / 2

    def content(self) -> float:
        """The height its text needs."""
        return len(self.names) * NAME_LINE + len(self.subs) * SUB_LINE + 2 * PAD

    def settle(self) -> None:
        """Place the lines of text once x, y and height are known."""
        y = self.y + (self.height - self.content()) / 2 + PAD
        for text in self.names:
            self.lines.append((text, y + NAME, False))
            y += NAME_LINE
        for text in self.subs:
            self.lines.append((text, y + SUB, True))
            y += SUB_LINE


@dataclass
class _Edge:
    route: Route
    below: bool
    beside: bool  # one end lies in the upper row
    x1: float = 0
    x2: float = 0
    lane: int = 0
    straight: bool = False
    label_left: bool = False  # a straight edge whose label must not lie on its neighbour
    label_x: float = 0


Lane = tuple[Route, Path, str, float, float]


@dataclass(frozen=True)
class Drawn:
    """Everything that the SVG needs: plates, the main line, lanes with labels, and the routes that are listed in words."""

    main: list[str]
    plates: list[Plate]
    main_lines: list[Path]
    main_labels: list[tuple[str, float, float]]
    lanes: list[Lane]
    listed: list[Route]
    width: int
    height: int


def text_width(text: str, size: float) -> float:
    """About how wide a text is: a Chinese character takes its size, a Latin letter or figure 0.56 of it."""
    return sum(size if ord(c) > 0x2E7F else size * 0.56 for c in text)


def wrap(text: str, size: float, room: float) -> list[str]:
    """Break Chinese text into lines that fit: at spaces first (never after a figure), then anywhere but before a closing mark."""
    lines: list[str] = []
    line = ""
    for word in SPACES.split(text):
        if line and text_width(f"{line} {word}", size) <= room:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        line = ""
        for c in word:
            if line and text_width(line + c, size) > room and c not in NO_LINE_START:
                lines.append(line)
                line = "" if c == " " else c
            else:
                line += c
    return [*lines, line] if line else lines


def main_line(first: str, follow: dict[str, list[str]]) -> list[str]:
    """The longest way along main edges from the first node, without going round."""

    def longest(name: str, seen: frozenset[str]) -> list[str]:
        ways = [longest(after, seen | {after}) for after in follow.get(name, []) if after not in seen]
        return [name, *max(ways, key=len, default=[])]

    return longest(first, frozenset([first]))


def arrange(
    nodes: Sequence[tuple[str, str, str, str]], edges: Sequence[tuple[str, str, str, str]], *, now_word: str, current: str | None
) -> Drawn:
    """Lay out a method; the first node begins it."""
    follow: dict[str, list[str]] = {}
    for source, target, _label, kind in edges:
        if kind == "main" and source != target:
            follow.setdefault(source, []).append(target)
    main = main_line(nodes[0][0], follow) if nodes else []
    place = {name: i for i, name in enumerate(main)}
    plates = {n[0]: _plate(n, n[0] == current, now_word) for n in nodes}

    merged: dict[tuple[str, str], list[str]] = {}
    along: dict[str, str] = {}
    for source, target, label, kind in edges:
        if kind == "main" and place.get(target) == place.get(source, -9) + 1:
            along[source] = label
        else:
            merged.setdefault((source, target), []).append(label)
    routes = [
        Route(source, target, "、".join(dict.fromkeys(label for label in labels if label))) for (source, target), labels in merged.items()
    ]
    listed = [r for r in routes if r.source == r.target or (r.source not in place and r.target not in place)]
    lanes = [
        _Edge(
            r,
            below=r.source in place and r.target in place and place[r.target] < place[r.source],
            beside=r.source not in place or r.target not in place,
        )
        for r in routes
        if r not in listed
    ]
    width = _row(main, plates, along)
    width = max(width, _upper_row([n[0] for n in nodes if n[0] not in place], plates, lanes, width))
    kept, dropped = _assign(lanes, plates, width)
    return _settle(main, plates, along, kept, [*listed, *dropped], width)


def _plate(node: tuple[str, str, str, str], current: bool, now_word: str) -> Plate:
    name, label, sub, kind = node
    subs = ([now_word] if current else []) + wrap(sub, SUB, PLATE - 12)
    return Plate(name, kind, current, wrap(label, NAME, PLATE - 12), subs)


def _row(main: list[str], plates: dict[str, Plate], along: dict[str, str]) -> float:
    x = float(MARGIN)
    for name in main:
        plates[name].x = x
        x += PLATE + max(GAP, text_width(along.get(name, ""), SUB) + 18)
    return x - max(GAP, text_width(along.get(main[-1], ""), SUB) + 18) + MARGIN if main else 2 * MARGIN


def _upper_row(names: list[str], plates: dict[str, Plate], lanes: list[_Edge], width: float) -> float:
    """Put the steps beside the main line above the steps that lead to them; returns the width they need."""
    wish: dict[str, float] = {}
    for name in names:
        ends = [e.route.source if e.route.target == name else e.route.target for e in lanes if name in (e.route.source, e.route.target)]
        xs = [plates[end].x for end in ends if end != name]
        wish[name] = sum(xs) / len(xs) if xs else 0.0
    ordered = sorted(names, key=lambda name: wish[name])
    edge = float(MARGIN)
    for name in ordered:
        plates[name].x = max(wish[name], edge)
        edge = plates[name].x + PLATE + GAP
    limit = max(width, edge - GAP + MARGIN)
    edge = limit - MARGIN
    for name in reversed(ordered):
        plates[name].x = max(min(plates[name].x, edge - PLATE), float(MARGIN))
        edge = plates[name].x - GAP
    return limit


def _ports(lanes: list[_Edge], plates: dict[str, Plate]) -> None:
    """Give each end of an edge its own place on its plate, so that lanes of one plate don't cross each other."""
    ends: dict[tuple[str, str], list[tuple[float, _Edge, int]]] = {}
    for e in lanes:
        source, target = plates[e.route.source], plates[e.route.target]
        for mine, other, which in ((source, target, 1), (target, source, 2)):
            side = "below" if e.below else "above"
            ends.setdefault((mine.id, side), []).append((other.x - mine.x, e, which))
    for (name, _side), found in ends.items():
        left = sorted((f for f in found if f[0] < 0), key=lambda f: -f[0])
        right = sorted((f for f in found if f[0] >= 0), key=lambda f: -f[0])
        ordered = [*left, *right]
        step = min(20.0, (PLATE - 24) / max(len(ordered) - 1, 1))
        for i, (_apart, e, which) in enumerate(ordered):
            x = plates[name].center + (i - (len(ordered) - 1) / 2) * step
            if which == 1:
                e.x1 = x
            else:
                e.x2 = x


def _assign(lanes: list[_Edge], plates: dict[str, Plate], width: float) -> tuple[list[_Edge], list[Route]]:
    """Lanes for edges, short ones nearest to the plates; returns the edges that found one and the routes that didn't."""
    _ports(lanes, plates)
    for e in lanes:
        if e.beside:
            _straighten(e, plates)
    for e in lanes:
        room = text_width(e.route.label, SUB) + 12
        e.label_left = e.straight and any(other.straight and 0 < other.x1 - e.x1 < room for other in lanes)
    taken: dict[bool, list[list[tuple[float, float]]]] = {True: [], False: []}
    kept: list[_Edge] = []
    dropped: list[Route] = []
    for e in sorted(lanes, key=lambda e: abs(e.x1 - e.x2)):
        low, high = _reach(e, width)
        rows = taken[e.below]
        for i, row in enumerate(rows):
            if all(high + CLEAR < a or b + CLEAR < low for a, b in row):
                row.append((low, high))
                kept.append(replace(e, lane=i))
                break
        else:
            if len(rows) >= MOST_LANES:
                dropped.append(e.route)
                continue
            rows.append([(low, high)])
            kept.append(replace(e, lane=len(rows) - 1))
    return kept, dropped


def _straighten(e: _Edge, plates: dict[str, Plate]) -> None:
    """An edge between a step and the plate right above it needs no bend."""
    target, source = plates[e.route.target], plates[e.route.source]
    if source.x + 12 <= e.x2 <= source.x + PLATE - 12 or target.x + 12 <= e.x1 <= target.x + PLATE - 12:
        both = e.x1 if target.x + 12 <= e.x1 <= target.x + PLATE - 12 else e.x2
        e.x1 = e.x2 = both
        e.straight = True


def _reach(e: _Edge, width: float) -> tuple[float, float]:
    low, high = min(e.x1, e.x2), max(e.x1, e.x2)
    label = text_width(e.route.label, SUB) + 8
    if e.straight:
        return (low - 6 - label, low + 4) if e.label_left else (low - 4, low + 6 + label)
    spare = (label - (high - low)) / 2
    return (low - spare, high + spare) if spare > 0 else (low, high)


def _settle(
    main: list[str], plates: dict[str, Plate], along: dict[str, str], lanes: list[_Edge], listed: list[Route], width: float
) -> Drawn:
    beside = [plate for name, plate in plates.items() if name not in main]
    upper = max((plate.content() for plate in beside), default=0.0)
    above = max((e.lane + 1 for e in lanes if not e.below), default=0)
    below = max((e.lane + 1 for e in lanes if e.below), default=0)
    top = MARGIN + upper + (above * LANE + 22 if above else 0)
    height = max((plates[name].content() for name in main), default=0.0)
    for plate in plates.values():
        on_line = plate.id in main
        plate.y, plate.height = (top, height) if on_line else (MARGIN, upper)
        plate.settle()
    middle = top + height / 2
    lines, labels = [], []
    for source, target in pairwise(main):
        x1, x2 = plates[source].x + PLATE, plates[target].x
        lines.append(Path(f"M{x1:g} {middle:g}H{x2 - 7:g}", _head(x2, middle, "right")))
        if along.get(source):
            labels.append((along[source], (x1 + x2) / 2 - 2, middle - 7))
    for e in lanes:
        _place_label(e, lanes, width)
    drawn = [_lane(e, plates, top, height) for e in lanes]
    total = top + height + (below * LANE + 20 if below else 0) + MARGIN
    return Drawn(main, list(plates.values()), lines, labels, drawn, listed, round(width), round(total))


def _place_label(e: _Edge, lanes: list[_Edge], width: float) -> None:
    """On its own line, as far as possible from the lines that cross it, and near the middle if that makes no difference."""
    half = text_width(e.route.label, SUB) / 2 + 4
    low, high = min(e.x1, e.x2) + half, max(e.x1, e.x2) - half
    middle = min(max((e.x1 + e.x2) / 2, half), width - half)
    crossing = [x for o in lanes if o is not e and o.below == e.below and (o.lane > e.lane or o.beside) for x in (o.x1, o.x2)]

    def badness(x: float) -> tuple[float, float]:
        return sum(max(half + 4 - abs(x - line), 0) for line in crossing), abs(x - middle)

    tries = [low + (high - low) * i / 12 for i in range(13)] if high > low else []
    e.label_x = min([middle, *tries], key=badness)


def _lane(e: _Edge, plates: dict[str, Plate], top: float, height: float) -> Lane:
    upper = MARGIN + max((p.height for p in plates.values() if p.y < top), default=0.0)
    base = top + height if e.below else top
    y = base + 24 + e.lane * LANE if e.below else base - 18 - e.lane * LANE
    begins = upper if plates[e.route.source].y < top else base
    ends = upper if plates[e.route.target].y < top else base
    pointing = "up" if (e.below or plates[e.route.target].y < top) else "down"
    stop = ends + 7 if pointing == "up" else ends - 7
    head = _head(e.x2, ends, pointing)
    if e.straight:
        apart = (6 + text_width(e.route.label, SUB) / 2) * (-1 if e.label_left else 1)
        return e.route, Path(f"M{e.x1:g} {begins:g}V{stop:g}", head), e.route.label, e.x1 + apart, y + 4
    r = min(6.0, abs(e.x2 - e.x1) / 2)
    way = 1 if e.x2 > e.x1 else -1
    in_v = 1 if y > begins else -1
    out_v = 1 if stop > y else -1
    line = (
        f"M{e.x1:g} {begins:g}V{y - in_v * r:g}Q{e.x1:g} {y:g} {e.x1 + way * r:g} {y:g}"
        f"H{e.x2 - way * r:g}Q{e.x2:g} {y:g} {e.x2:g} {y + out_v * r:g}V{stop:g}"
    )
    return e.route, Path(line, head), e.route.label, e.label_x, y + 4


def _head(x: float, y: float, way: str) -> str:
    if way == "right":
        return f"M{x:g} {y:g}l-8 -4.5v9z"
    return f"M{x:g} {y:g}l-4.5 8h9z" if way == "up" else f"M{x:g} {y:g}l-4.5 -8h9z"
