"""查缺补漏: what the register shows to be amiss, by kind, with who mends it and by when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.domains.compliance import queries
from linzhi.domains.compliance.queries.board import widest
from linzhi.foundation.access.actions import role_title
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.clock import day_of
from linzhi.web.asker import powers_of
from linzhi.web.jinja import query
from linzhi.web.render import page

PAGE = 50
TALLIES = 6
"""How many checks stand above the list; the filter has all."""
VIEW = "compliance.view_finding"


def view(request: HttpRequest) -> HttpResponse:
    """The open findings that the asker may see, what is due first. Refused without a post that looks after a register."""
    powers = powers_of(request)
    widest(powers, VIEW)
    piles = queries.piles(powers)
    kind, mine = request.GET.get("kind", ""), request.GET.get("mine") == "1"
    kind = kind if any(kind == pile.code for pile in piles) else ""
    number = request.GET.get("page", "1")
    first = (max(int(number), 1) - 1) * PAGE if number.isdigit() and len(number) < 5 else 0
    rows = queries.findings(powers, check=kind, mine=mine, first=first, most=PAGE)
    chosen = [pile for pile in piles if not kind or pile.code == kind]
    total = sum(pile.mine if mine else pile.count for pile in chosen)
    context = {
        "piles": piles,
        "rows": rows,
        "checks": {row.pk: queries.check_of(row.pack, row.check_code) for row in rows},
        "places": _places(rows),
        "owners": {row.owner: role_title(row.owner) for row in rows},
        "today": day_of(powers.at),
        "values": {"kind": kind, "mine": "1" if mine else ""},
        "kind_options": [("", _("全部")), *((pile.code, f"{pile.title} {pile.count}") for pile in piles)],
        "tally": [
            {
                "count": pile.count,
                "label": pile.title,
                "href": query({}, kind=pile.code),
                "note": _("超期 %(n)d") % {"n": pile.late} if pile.late else "",
                "over": pile.late > 0,
            }
            for pile in piles[:TALLIES]
        ],
        "first": first + 1,
        "last": first + len(rows),
        "total": total,
        "previous": query(request.GET, page=first // PAGE) if first else "",
        "next": query(request.GET, page=first // PAGE + 2) if first + PAGE < total else "",
    }
    return page(request, "compliance/findings.html", context, nav="findings")


def _places(rows: list[queries.Finding]) -> dict[str, str]:
    """How the place of each is called: the community and, where it is smaller, the place itself."""
    steps = {row.path[:end] for row in rows for end in range(len(county_of(row.path)) + 5, len(row.path) + 1, 5)}
    names = territory.names(sorted(steps))
    return {
        row.path: " ".join(names.get(row.path[:end], "") for end in range(len(county_of(row.path)) + 10, len(row.path) + 1, 5))
        or names.get(row.path, "")
        for row in rows
    }
