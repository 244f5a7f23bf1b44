"""工作方法: how a request goes here, as a picture, with its limits and their sources."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.desk import queries
from linzhi.flow import diagram, library
from linzhi.flow.lengths import Snapshot
from linzhi.flow.method import Method
from linzhi.kernel import clock
from linzhi.kernel.refused import NotFound
from linzhi.policy import resolve as policy
from linzhi.policy.load import packs
from linzhi.policy.methods import load_methods
from linzhi.web.asker import powers_of
from linzhi.web.picture import draw_method
from linzhi.web.render import page


def view(request: HttpRequest) -> HttpResponse:
    """Every method of the packs; `?key=` shows one. Raises NotFound for an unknown key."""
    queries.require(powers_of(request), "desk.view_home")
    keys = sorted(load_methods())
    key = request.GET.get("key") or keys[0]
    if key not in keys:
        raise NotFound(_("没有这个工作方法。"))
    method = library.method(key)
    pack = key.partition("/")[0]
    context = {
        "methods": [(each, library.method(each).title) for each in keys],
        "key": key,
        "method": method,
        "pack_title": packs().by_name[pack].title,
        "picture": draw_method(diagram.nodes(method), diagram.edges(method)),
        "anywhere": diagram.anywhere(method),
        "limits": _limits(method, pack),
    }
    return page(request, "desk/methods.html", context, nav="methods")


def _limits(method: Method, pack: str) -> list[tuple[str, str, str]]:
    """(what, how long, source) for every limit, as the pack resolves it today."""
    taken = policy.snapshot(sorted(method.parameters()), pack, clock.now().date())
    found = []
    named = [(step.title, step.within) for step in method.steps if step.within] + [(limit.title, limit.within) for limit in method.limits]
    for title, within in named:
        for row in _rows(taken, within.param) if within.by else [""]:
            length = Snapshot(taken, {within.by or "": row}).length(within)
            if length is not None:
                found.append((title + (f"（{queries.nature_title(row)}）" if row else ""), length.limit.words(), length.source))
    return found


def _rows(taken: dict[str, object], key: str | None) -> list[str]:
    value = taken["values"][key]["value"]  # type: ignore[index]
    return list(value) if isinstance(value, dict) else [""]
