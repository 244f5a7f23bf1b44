"""What the commands that re-hang the tree share: moving one place with everything in it, and the rows of places that say where it hangs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from linzhi.domains.places.commands.places import must_exist_on
from linzhi.domains.places.events import DivisionEnded, EstateMoved, PlaceMoved
from linzhi.domains.places.models import Estate, Grid, GridPart
from linzhi.foundation.commands import Context
from linzhi.foundation.territory import growth
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import covers


def hang(ctx: Context, place: Territory, parent: Territory, day: date, *, code: str = "", name: str = "", basis: str = "") -> None:
    """Move a place under another parent and tell it. Powers aren't moved: who listens to PlaceMoved decides them anew."""
    must_exist_on(parent, day)
    must_exist_on(place, day)
    renamed = name if name and name != place.name else ""
    old, new = growth.move(place, parent, on=day, code=code, name=renamed, basis=basis)
    ctx.emit(PlaceMoved(place.pk, old, new, day.isoformat()))
    if place.level == "estate":
        changed = {key: value for key, value in (("name", renamed), ("code", code)) if value}
        estate = Estate.objects.get(territory=place)
        if changed:
            Estate.objects.filter(pk=estate.pk).update(**changed)
        ctx.emit(EstateMoved(estate.pk, old, new, day.isoformat()))


def end(ctx: Context, place: Territory, day: date) -> None:
    """End a division and tell it."""
    growth.end(place, day)
    ctx.emit(DivisionEnded(place.pk, place.path, day.isoformat()))


def grids_follow(old: str, communities: Iterable[Territory]) -> None:
    """Grids of a community whose whole ground now lies in another one belong to that one; others stay, and are listed as a problem."""
    homes = [community.path for community in communities]
    ground: dict[int, list[str]] = {}
    for grid_id, path in GridPart.objects.filter(grid__path=old, end=None).values_list("grid_id", "path"):
        ground.setdefault(grid_id, []).append(path)
    for home in homes:
        whole = [pk for pk, paths in ground.items() if all(covers(home, path) for path in paths)]
        Grid.objects.filter(pk__in=whole).update(path=home)
