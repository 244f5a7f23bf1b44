"""A schematic map as SVG: the boundaries of estates where entered, else tiles from the tree; each a link with its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from linzhi.domains.compliance.queries.board import Board, Node, nodes_inside, stands_of_estates
from linzhi.domains.compliance.rules import Stand
from linzhi.domains.places import queries as places
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import COUNTY_LENGTH, ESTATE_LENGTH, SEGMENT
from linzhi.kernel.clock import day_of
from linzhi.policy.checks import Check

WIDE, TALL, GAP, COLUMNS, HEAD = 148, 96, 12, 3, 30
CELL, MOST_CELLS = 16, 16
MOST_ESTATES, MOST_TILES = 600, 400
SIGNS = {"ok": "●", "warn": "▲", "bad": "■", "none": "○"}
Href = Callable[[str, str], str]
"""Code and level of a place to the address that shows it."""


@dataclass(frozen=True)
class Tile:
    """One place on the map: its name, colour and number in words, where it leads, the colours of what lies in it, its own boundary."""

    name: str
    kind: str
    words: str
    href: str
    cells: tuple[str, ...] = ()
    ring: tuple[tuple[int, int], ...] = ()


def drawn(board: Board, powers: Powers, chosen: Check | None, href: Href) -> Markup:
    """The map of a board by one check, or by the worst of all; empty where nothing lies below. A county shows its streets as groups."""
    if not board.below:
        return Markup("")
    deep = len(board.here.path) >= COUNTY_LENGTH
    estates = stands_of_estates(board, powers, chosen, MOST_ESTATES) if deep else {}
    rings = _rings(board.here.path, powers)
    inner = nodes_inside(board.here.path, "community", day_of(powers.at), MOST_TILES) if board.here.level == "county" else ()
    shown = inner or board.below
    cells: dict[str, list[str]] = defaultdict(list)
    length = len(shown[0].path)
    for path, kind in estates.items():
        if len(path) > length:
            cells[path[:length]].append(kind)
    tiles = {node.path: _tile(node, board, chosen, href, tuple(cells[node.path]), rings.get(node.path, ())) for node in shown}
    title = _("%(name)s示意图") % {"name": board.here.name}
    if inner:
        groups = []
        for node in board.below:
            inside = [tile for path, tile in tiles.items() if path.startswith(node.path)]
            groups.append((node.name, href(node.code, node.level), inside))
        return _grid(groups, title)
    placed, free = [one for one in tiles.values() if one.ring], [one for one in tiles.values() if not one.ring]
    return _polygons(placed, title) + (_grid([("", "", free)], title) if free else Markup(""))


def _tile(node: Node, board: Board, chosen: Check | None, href: Href, cells: tuple[str, ...], ring: tuple[tuple[int, int], ...]) -> Tile:
    stand: Stand | None = board.stand(node, chosen) if chosen else board.worst(node)
    name = node.name.removesuffix(_("社区")).removesuffix(_("街道")) or node.name
    if stand is None or not stand.asked:
        return Tile(name, "none", _("还没有要求"), href(node.code, node.level), cells, ring)
    return Tile(name, stand.kind, stand.words, href(node.code, node.level), cells, ring)


def _rings(path: str, powers: Powers) -> dict[str, tuple[tuple[int, int], ...]]:
    """Estate path to its boundary in millionths of a degree (x east, y north), for those that have one."""
    if len(path) < ESTATE_LENGTH - SEGMENT:
        return {}
    found = {}
    for estate in places.estates(powers, path):
        if estate.boundary:
            found[estate.path] = tuple((_micro(x), _micro(y)) for x, y in estate.boundary["coordinates"][0])
    return found


def _micro(degrees: str) -> int:
    return round(float(degrees) * 1_000_000)


def _polygons(tiles: Sequence[Tile], title: str) -> Markup:
    """Estates inside their own boundaries, north up, as wide as four tiles."""
    if not tiles:
        return Markup("")
    xs, ys = ([point[axis] for tile in tiles for point in tile.ring] for axis in (0, 1))
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    shrink = cos(radians((low + high) / 2_000_000))
    wide = COLUMNS * (WIDE + GAP)
    scale = (wide - 2 * GAP) / max((right - left) * shrink, (high - low), 1)

    def at(point: tuple[int, int]) -> tuple[int, int]:
        return GAP + round((point[0] - left) * shrink * scale), GAP + round((high - point[1]) * scale)

    shapes = []
    for tile in tiles:
        corners = [at(point) for point in tile.ring]
        middle = (sum(x for x, _y in corners) // len(corners), sum(y for _x, y in corners) // len(corners))
        points = " ".join(f"{x},{y}" for x, y in corners)
        shape = Markup('<polygon points="{}"/>').format(points)
        shapes.append(_link(tile, shape, _texts(tile, middle[0], middle[1] - 12, middle=True)))
    return _svg(wide, round((high - low) * scale) + 2 * GAP, title, shapes)


def _grid(groups: Sequence[tuple[str, str, Sequence[Tile]]], title: str) -> Markup:
    """Groups (name, address, tiles), one below the other; tiles in the order of the tree, three in a row."""
    tall = TALL + (CELL if any(tile.cells for _name, _href, tiles in groups for tile in tiles) else 0)
    columns = min(COLUMNS, max((len(tiles) for _name, _href, tiles in groups), default=1) or 1)
    shapes, top = [], GAP
    for name, href, tiles in groups:
        if name:
            text = Markup('<text class="lz-plan__group" x="{}" y="{}">{}</text>').format(GAP, top + 18, name)
            box = Markup('<rect class="lz-plan__bar" x="{}" y="{}" width="{}" height="{}"/>').format(GAP, top - 4, WIDE, HEAD)
            shapes.append(Markup('<a href="{}">{}{}</a>').format(href, box, text))
            top += HEAD
        for number, tile in enumerate(tiles):
            x, y = GAP + (number % columns) * (WIDE + GAP), top + (number // columns) * (tall + GAP)
            shape = Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="4"/>').format(x, y, WIDE, tall)
            shapes.append(_link(tile, shape, _texts(tile, x + 12, y + 30, cells=tile.cells)))
        top += -(-len(tiles) // columns) * (tall + GAP)
    return _svg(columns * (WIDE + GAP) + GAP, top, title, shapes)


def _texts(tile: Tile, x: int, y: int, *, middle: bool = False, cells: tuple[str, ...] = ()) -> Markup:
    anchor = Markup(' text-anchor="middle"') if middle else Markup("")
    lines = Markup('<text class="lz-plan__name" x="{x}" y="{y}"{a}>{name}</text><text x="{x}" y="{below}"{a}>{sign} {words}</text>').format(
        x=x, y=y, a=anchor, name=tile.name[:9], below=y + 26, sign=SIGNS[tile.kind], words=tile.words
    )
    if cells:
        signs = Markup("").join(Markup('<tspan class="lz-plan__{}">{}</tspan>').format(kind, SIGNS[kind]) for kind in cells[:MOST_CELLS])
        more = _("等 %(n)d 个") % {"n": len(cells)} if len(cells) > MOST_CELLS else ""
        lines += Markup('<text x="{}" y="{}" class="lz-plan__cells">{}{}</text>').format(x, y + 52, signs, more)
    return lines


def _link(tile: Tile, shape: Markup, texts: Markup) -> Markup:
    label = _("%(name)s：%(words)s") % {"name": tile.name, "words": tile.words}
    return Markup('<a href="{}" class="lz-plan__place lz-plan__place--{}" aria-label="{}">{}{}</a>').format(
        tile.href, tile.kind, label, shape, texts
    )


def _svg(wide: int, tall: int, title: str, shapes: Sequence[Any]) -> Markup:
    drawing = Markup(
        '<svg class="lz-plan" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="group" aria-label="{t}">{all}</svg>'
    ).format(w=wide, h=tall, t=title, all=Markup("").join(shapes))
    return Markup('<div class="lz-scroll" role="group" tabindex="0" aria-label="{}">{}</div>').format(_("示意图，可以左右移动"), drawing)
