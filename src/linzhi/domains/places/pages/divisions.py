"""区划: the tree of divisions as of a day, what was changed in it, and from where it is changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.places.pages.frame import Asked, asked_of, base
from linzhi.domains.places.queries.divisions import LEVELS, branches, changes, touched
from linzhi.domains.places.rules import LEVEL_WORDS
from linzhi.foundation.territory import history
from linzhi.foundation.territory.paths import COUNTY_LENGTH
from linzhi.kernel.refused import NotFound
from linzhi.web.jinja import query
from linzhi.web.render import page


def view(request: HttpRequest) -> HttpResponse:
    """The divisions below a place as they were on a day, and the history of the tree. Refused without a post, and elsewhere."""
    asked = asked_of(request)
    if len(asked.place.path) < COUNTY_LENGTH:
        raise NotFound(_("没有这个地方，或者不在您的范围内。"))
    context = base(request, asked, "divisions") | {
        "rows": branches(asked.place.path, asked.on) if asked.place.level in LEVELS else [],
        "levels": LEVEL_WORDS,
        "inside": touched(asked.place.path, asked.powers.at),
        "changes": changes(asked.place.path),
        "former": history.past_of(asked.place),
        "successors": history.successors(asked.place.path),
        "acts": _acts(asked),
    }
    return page(request, "places/divisions.html", context, nav="places")


def _acts(asked: Asked) -> list[dict[str, Any]]:
    """What the asker may do with the place, each with the page where it is done."""
    place, here = asked.place, query({}, place=asked.place.code)
    if asked.past or place.end is not None:
        return []
    offers = (
        ("places.add_division", ("county", "street"), "division_add", _("新增%(level)s") % {"level": _below(place.level)}, "plus"),
        ("places.move_division", ("community", "estate"), "division_move", _("划到别处"), "route"),
        ("places.merge_divisions", ("street", "community"), "division_merge", _("并入别的"), "git-merge"),
        ("places.split_division", ("street", "community"), "division_split", _("分出一个"), "arrows-split-2"),
    )
    return [
        {"href": reverse(f"places:{name}") + here, "label": label, "icon": icon}
        for code, levels, name, label, icon in offers
        if place.level in levels and asked.may(code)
    ]


def _below(level: str) -> str:
    return str(LEVEL_WORDS.get(LEVELS[LEVELS.index(level) + 1], "")) if level in LEVELS[:-1] else ""
