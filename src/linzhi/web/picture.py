"""The picture of a working method: an SVG for wide screens and an ordered list for phones, both made on the server.

The main line lies straight from left to right. Exceptions that lead back run below it, those that lead forward or to a
step beside the main line run above it, each in a lane of its own. What leads nowhere else, or finds no lane, is listed in words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from linzhi.web import picture_layout as layout
from linzhi.web.picture_layout import Drawn, Plate, Route

NodeKind = Literal["step", "end", "wait"]
EdgeKind = Literal["main", "exception"]
NodeRow = tuple[str, str, str, NodeKind]
EdgeRow = tuple[str, str, str, EdgeKind]


@dataclass(frozen=True)
class _Names:
    labels: dict[str, str]

    def route(self, edge: Route) -> str:
        """`签收：退单 → 派遣`; one that stays in its step: `处置：延期`."""
        if edge.source == edge.target:
            return f"{self.labels[edge.source]}：{edge.label}"
        return f"{self.labels[edge.source]}：{self.onward(edge)}"

    def onward(self, edge: Route) -> str:
        """`退单 → 派遣`; only `→ 不予受理` when the act and the step have one name."""
        target = self.labels[edge.target]
        return f"→ {target}" if edge.label in ("", target) else f"{edge.label} → {target}"


def draw_method(nodes: Sequence[NodeRow], edges: Sequence[EdgeRow], current: str | None = None) -> Markup:
    """Draw a method from plain values: nodes (id, label, sub, kind), edges (from, to, label, kind); `current` is highlighted.

    The first node is where the method begins. Raises ValueError when an edge or `current` names a node that isn't there.
    """
    known = {node[0] for node in nodes}
    unknown = {end for edge in edges for end in edge[:2]} - known
    if unknown or (current is not None and current not in known):
        raise ValueError(f"no such step: {', '.join(sorted(unknown)) or current}")
    drawn = layout.arrange(nodes, edges, now_word=_("现在"), current=current)
    names = _Names({node[0]: node[1] for node in nodes})
    return Markup('<figure class="lz-flow">{}{}{}</figure>').format(
        _svg(drawn, names, current), _phone(drawn, nodes, names, current), _legend(drawn.listed, names)
    )


def _legend(routes: Iterable[Route], names: _Names) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(names.route(route)) for route in routes)
    if not items:
        return Markup("")
    return Markup('<figcaption class="lz-flow__rest"><p class="meta">{}</p><ul>{}</ul></figcaption>').format(_("还可以："), items)


def _describe(drawn: Drawn, names: _Names, current: str | None) -> tuple[str, str]:
    title = _("办事步骤：{steps}").format(steps="、".join(names.labels[name] for name in drawn.main))
    parts = [_("现在在“{step}”。").format(step=names.labels[current])] if current else []
    if drawn.lanes:
        parts.append(_("例外：{list}。").format(list="；".join(names.route(route) for route, *_rest in drawn.lanes)))
    return title, "".join(parts) or _("没有例外。")


def _svg(drawn: Drawn, names: _Names, current: str | None) -> Markup:
    title, description = _describe(drawn, names, current)
    key = hashlib.sha256(f"{title}{description}".encode()).hexdigest()[:8]
    body = [_arrow(line, "main") for line in drawn.main_lines]
    body += [_label(text, x, y, "main") for text, x, y in drawn.main_labels]
    for _route, path, _text, _x, _y in drawn.lanes:
        body.append(_arrow(path, "exception"))
    for route, _path, text, x, y in drawn.lanes:
        if text != names.labels[route.target]:
            body.append(_label(text, x, y, "exception"))
    body += [_plate(plate) for plate in drawn.plates]
    return Markup(
        '<div class="lz-flow__wide" role="group" tabindex="0" aria-label="{group}">'
        '<svg viewBox="0 0 {w} {h}" role="img" aria-labelledby="flow-{k}-t flow-{k}-d"'
        ' style="--v:{rem}"><title id="flow-{k}-t">{title}</title><desc id="flow-{k}-d">{desc}</desc>{body}</svg></div>'
    ).format(
        group=_("办事步骤图，可以左右移动"),
        w=drawn.width,
        h=drawn.height,
        k=key,
        rem=f"{drawn.width / 16:g}",
        title=title,
        desc=description,
        body=Markup("").join(body),
    )


def _arrow(path: layout.Path, kind: EdgeKind) -> Markup:
    return Markup('<path class="lz-flow__edge lz-flow__edge--{}" d="{}"/><path class="lz-flow__head lz-flow__head--{}" d="{}"/>').format(
        kind, path.line, kind, path.head
    )


def _label(text: str, x: float, y: float, kind: EdgeKind) -> Markup:
    return Markup('<text class="lz-flow__label lz-flow__label--{}" x="{}" y="{}">{}</text>').format(kind, f"{x:g}", f"{y:g}", text)


def _plate(plate: Plate) -> Markup:
    radius = plate.height / 2 if plate.kind == "end" and plate.height <= 44 else (16 if plate.kind == "end" else 6)
    css = f"lz-flow__plate lz-flow__plate--{plate.kind}{' is-now' if plate.current else ''}"
    parts = [Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>').format(plate.x, plate.y, layout.PLATE, plate.height, radius)]
    if plate.current:  # the fine inner line of a door plate: seen without colour
        parts.append(
            Markup('<rect class="lz-flow__inner" x="{}" y="{}" width="{}" height="{}" rx="{}"/>').format(
                plate.x + 3, plate.y + 3, layout.PLATE - 6, plate.height - 6, max(radius - 3, 2)
            )
        )
    for text, y, small in plate.lines:
        parts.append(
            Markup('<text class="{}" x="{}" y="{}">{}</text>').format(
                "lz-flow__sub" if small else "lz-flow__name", plate.center, f"{y:g}", text
            )
        )
    return Markup('<g class="{}">{}</g>').format(css, Markup("").join(parts))


def _phone(drawn: Drawn, nodes: Sequence[NodeRow], names: _Names, current: str | None) -> Markup:
    """The same in words: the main line as a list, beneath each step what else may happen there."""
    beside = [node[0] for node in nodes if node[0] not in drawn.main]
    facts = {node[0]: node for node in nodes}
    routes: list[Route] = [route for route, *_rest in drawn.lanes]
    items = []
    for name in [*drawn.main, *beside]:
        _id, label, sub, kind = facts[name]
        now = Markup(' <span class="lz-flow__now">{}</span>').format(_("现在")) if name == current else Markup("")
        leads = [route for route in routes if route.source == name]
        others = Markup("").join(Markup("<li>{}</li>").format(names.onward(route)) for route in leads)
        css = " ".join([f"is-{kind}", "is-now" if name == current else "", "is-beside" if name in beside else ""]).strip()
        items.append(
            Markup('<li class="{}"{}><b>{}</b>{}{}{}</li>').format(
                css,
                Markup(' aria-current="step"') if name == current else "",
                label,
                now,
                Markup(' <span class="meta">{}</span>').format(sub) if sub else "",
                Markup('<ul class="lz-flow__else">{}</ul>').format(others) if others else "",
            )
        )
    return Markup('<ol class="lz-flow__tall">{}</ol>').format(Markup("").join(escape(item) for item in items))
