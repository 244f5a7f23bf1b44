"""The pages on which a grid, a venue or an idle space is written: each calls the bulk command of its register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhi.domains.places import commands as do
from linzhi.domains.places import queries
from linzhi.domains.places.models import Grid, Space, Venue
from linzhi.domains.places.pages.forms import GridForm, SpaceForm, VenueForm, hundredths, metres, show, words
from linzhi.domains.places.pages.frame import Asked, asked_of, options
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.kernel.refused import NotAllowed, NotFound
from linzhi.web.jinja import query

LISTS = ("functions", "equipment", "signs")


def _require(asked: Asked, code: str) -> None:
    decision = asked.powers.decide(code, asked.place)
    if not decision:
        raise NotAllowed(code, decision.reason)


def new_grid(request: HttpRequest) -> HttpResponse:
    """Make a grid in the community that the address names. Refused over ground that another grid has (CM-03)."""
    asked = asked_of(request)
    _require(asked, "places.record_grids")
    return _grid(request, asked, asked.place, None)


def edit_grid(request: HttpRequest, code: str) -> HttpResponse:
    """Change a grid's name and ground from today on; its past stays readable, and power follows the ground."""
    found = Grid.objects.filter(code=code, end=None).select_related("parent").first()
    if found is None:
        raise NotFound(_("没有这个网格。"))
    community = Territory.objects.get(path=found.path)
    asked = asked_of(request, code=community.code)
    _require(asked, "places.record_grids")
    return _grid(request, asked, community, found)


def _grid(request: HttpRequest, asked: Asked, community: Territory, grid: Grid | None) -> HttpResponse:
    initial: dict[str, Any] = {"kind": "residential", "code": f"{community.code}-W"}
    if grid is not None:
        codes = Territory.objects.filter(path__in=queries.grid_paths(grid.pk, asked.on)).values_list("code", flat=True)
        initial = {
            "code": grid.code,
            "name": grid.name,
            "kind": grid.kind,
            "parent": grid.parent.code if grid.parent else "",
            "parts": list(codes),
        }
    form = GridForm(request.POST or None, initial=initial)
    fields: dict[str, Any] = form.fields
    rows = Grid.objects.filter(path=community.path, end=None).exclude(kind="micro").order_by("code")
    fields["parent"].choices = [("", _("不属于")), *rows.values_list("code", "name")]
    fields["parts"].choices = _ground(community)
    if grid is not None:
        for name in ("code", "kind", "parent"):
            fields[name].disabled = True
    back = reverse("places:grids") + query({}, place=community.code)

    def save(given: dict[str, Any]) -> None:
        said = {"code": given["code"], "name": given["name"], "parts": tuple(given["parts"]), "community": community.code}
        if grid is None:
            said |= {"kind": given["kind"], "parent": given["parent"] or None}
        do.record_grids(asked.powers.actor, do.RecordGrids(place=community.code, rows=(do.GridRow(**said),)))

    title = _("调整%(name)s") % {"name": grid.name} if grid is not None else _("设立网格")
    return show(request, asked, form, title=title, back=back, note=_("网格登记好了。"), save=save)


def _ground(community: Territory) -> list[tuple[str, str]]:
    """Estates, each followed by its buildings."""
    rows = Territory.objects.filter(within("path", community.path), level__in=("estate", "building"), end=None).order_by("path")
    found, estate = [], ""
    for row in rows:
        if row.level == "estate":
            estate = row.name
            found.append((row.code, _("%(name)s（整个小区）") % {"name": estate}))
        else:
            found.append((row.code, f"{estate} {row.name}"))
    return found


def new_venue(request: HttpRequest) -> HttpResponse:
    """Add a venue somewhere in the place that the address names."""
    asked = asked_of(request)
    _require(asked, "places.record_venues")
    return _venue(request, asked, None)


def edit_venue(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a venue; name and place stay, since it is found by them."""
    found = Venue.objects.filter(pk=pk, end=None).first()
    if found is None:
        raise NotFound(_("没有这处阵地。"))
    asked = asked_of(request, code=Territory.objects.get(path=found.path).code)
    _require(asked, "places.record_venues")
    return _venue(request, asked, found)


def _venue(request: HttpRequest, asked: Asked, venue: Venue | None) -> HttpResponse:
    initial: dict[str, Any] = {"where": asked.place.code, "premises": "community"}
    if venue is not None:
        initial |= {name: getattr(venue, name) for name in ("name", "level", "kind", "hours", "premises", "owner")}
        initial |= {name: "、".join(getattr(venue, name)) for name in LISTS} | {"area": metres(venue.area)}
    form = VenueForm(request.POST or None, initial=initial)
    _places(form, asked, fixed=venue is not None)
    back = reverse("places:venues") + query({}, place=asked.place.code)

    def save(given: dict[str, Any]) -> None:
        said = given | {name: words(given[name]) for name in LISTS} | {"area": hundredths(given["area"])}
        top = _top(asked, said["where"])
        do.record_venues(asked.powers.actor, do.RecordVenues(place=top, rows=(do.VenueRow(**said),)))

    title = _("修改%(name)s") % {"name": venue.name} if venue is not None else _("登记阵地")
    return show(request, asked, form, title=title, back=back, note=_("阵地登记好了。"), save=save)


def new_space(request: HttpRequest) -> HttpResponse:
    """Add an idle space somewhere in the place that the address names."""
    asked = asked_of(request)
    _require(asked, "places.record_spaces")
    return _space(request, asked, None)


def edit_space(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an idle space, or say that it is put to use; name and place stay, since it is found by them."""
    found = Space.objects.filter(pk=pk, end=None).first()
    if found is None:
        raise NotFound(_("没有这处空间。"))
    asked = asked_of(request, code=Territory.objects.get(path=found.path).code)
    _require(asked, "places.record_spaces")
    return _space(request, asked, found)


def _space(request: HttpRequest, asked: Asked, space: Space | None) -> HttpResponse:
    initial: dict[str, Any] = {"where": asked.place.code, "premises": "owners", "state": "idle"}
    if space is not None:
        initial |= {name: getattr(space, name) for name in ("name", "premises", "owner", "state", "wanted")} | {"area": metres(space.area)}
    form = SpaceForm(request.POST or None, initial=initial)
    _places(form, asked, fixed=space is not None)
    back = reverse("places:spaces") + query({}, place=asked.place.code)

    def save(given: dict[str, Any]) -> None:
        said = given | {"area": hundredths(given["area"])}
        do.record_spaces(asked.powers.actor, do.RecordSpaces(place=_top(asked, said["where"]), rows=(do.SpaceRow(**said),)))

    title = _("修改%(name)s") % {"name": space.name} if space is not None else _("登记闲置空间")
    return show(request, asked, form, title=title, back=back, note=_("登记好了。"), save=save)


def _places(form: Any, asked: Asked, *, fixed: bool) -> None:
    form.fields["where"].choices = options(asked)
    if fixed:
        form.fields["where"].disabled = form.fields["name"].disabled = True


def _top(asked: Asked, code: str) -> str:
    """The place that the command is about: where it stands, so that access is decided there."""
    return code or asked.place.code
