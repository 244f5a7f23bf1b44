"""The handbook of a place: what applies there on a day, with its working methods and their pictures; also as one HTML file."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from markupsafe import Markup

from linzhi.flow import diagram, library
from linzhi.flow.lengths import Snapshot
from linzhi.flow.method import Method, Step, Within
from linzhi.foundation.access.actions import role_title
from linzhi.policy import manual
from linzhi.policy import resolve as policy
from linzhi.policy.manual import Manual, MethodPart, manual_of
from linzhi.policy.methods import methods_of
from linzhi.policy.spoken import ROWS
from linzhi.web.picture import draw_method
from linzhi.web.render import environment

# The file stands alone and is opened from a disk: what the pages' own style sheets say of a picture has to come along.
STYLE = """
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  font: 16px/1.7 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #1c1c1c }
h1, h2, h3 { line-height: 1.3; break-after: avoid } table { width: 100%; border-collapse: collapse; margin: .5rem 0 1.5rem }
th, td { border: 1px solid #767676; padding: .4rem .6rem; text-align: left; vertical-align: top } thead th { background: #efefef }
tr { break-inside: avoid } .mark { font-weight: bold } .meta { color: #4a4a4a; font-size: .875rem; font-weight: normal }
.lz-flow { margin: 1rem 0 } .lz-flow__tall { display: none } .lz-flow__wide { overflow-x: auto }
.lz-flow svg { width: 100%; height: auto } .lz-flow text { text-anchor: middle; fill: #1c1c1c; font-size: 14px }
.lz-flow__plate rect { fill: #fff; stroke: #555 } .lz-flow__plate--end rect { fill: #efefef }
.lz-flow .lz-flow__sub { font-size: 12px; fill: #4a4a4a }
.lz-flow__edge { fill: none; stroke: #1c1c1c; stroke-width: 1.75 } .lz-flow__head { fill: #1c1c1c }
.lz-flow__edge--exception { stroke: #767676; stroke-width: 1.25; stroke-dasharray: 5 3.5 } .lz-flow__head--exception { fill: #767676 }
.lz-flow .lz-flow__label { font-size: 12px; paint-order: stroke; stroke: #fff; stroke-width: 5px }
"""


def book_of(pack: str, place: str, on: date) -> Manual:
    """The handbook of a place with this pack on a day. Raises KeyError for an unknown pack."""
    answer = policy.find("request.method", on=on, pack=pack)
    used = library.key_for(pack, answer.value) if answer else ""
    parts = [_part(library.method(file.id), pack, on, file.id == used) for file in methods_of(pack).values()]
    return manual_of(pack, place, on, tuple(sorted(parts, key=lambda part: not part.used)))


def as_html(book: Manual) -> str:
    """The book as one HTML file that needs nothing else."""
    style = Markup("<{0}>{1}</{0}>").format("style", Markup(STYLE))
    return environment().get_template("compliance/rules_manual.html").render(book=book, style=style)


def _part(method: Method, pack: str, on: date, used: bool) -> MethodPart:
    taken = policy.snapshot(sorted(method.parameters()), pack, on)
    steps = tuple(_step(step, method, taken) for step in method.steps)
    limits = [row for limit in method.limits for row in _lengths(limit.title, limit.within, taken)]
    limits += [row for step in method.steps if step.within for row in _lengths(step.title, step.within, taken)]
    picture = draw_method(diagram.nodes(method), diagram.edges(method))
    return MethodPart(method.title, method.source, used, steps, tuple(limits), picture)


def _step(step: Step, method: Method, taken: dict[str, object]) -> manual.Step:
    who = "、".join(str(diagram.RELATION_TITLES.get(role) or role_title(role)) for role in step.by)
    within = "；".join(f"{title}{said}" for title, said, _source in _lengths("", step.within, taken)) if step.within else ""
    acts = tuple(act.title or act.act for act in step.acts)
    return manual.Step(step.title, who or (_("到此为止") if step.final else ""), within, acts)


def _lengths(title: str, within: Within, taken: dict[str, object]) -> list[tuple[str, str, str]]:
    """(what, how long, on what ground), a row for each row of a table."""
    found = []
    value = taken["values"][within.param] if within.param else None  # type: ignore[index]
    rows = list(value["value"]) if within.by and value and isinstance(value["value"], dict) else [""]
    for row in rows:
        length = Snapshot(taken, {within.by or "": row}).length(within)
        if length is not None:
            name = str(ROWS.get(row, row))
            label = _("%(what)s（%(row)s）") % {"what": title, "row": name} if row and title else f"{name} " if row else title
            found.append((label, length.limit.words(), length.source))
    return found
