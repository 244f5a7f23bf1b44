"""The pages of 底数, as data for `visits`: what a Visit is made of."""

from __future__ import annotations

from typing import Any

GRID, COMMUNITY, COUNTY = "林晓梅", "赵文静", "郑国栋"
_BUILDING = "SELECT b.code FROM places_building b JOIN places_estate e ON e.id = b.estate_id WHERE e.name = '凤栖苑' ORDER BY b.id"
_GRID = "SELECT g.code FROM places_grid g JOIN territory_territory t ON t.path = g.path WHERE t.name = '梧桐社区' ORDER BY g.id"
_DWELLING = "SELECT d.id FROM places_dwelling d JOIN places_estate e ON d.path LIKE e.path || '%' WHERE e.name = '凤栖苑' ORDER BY d.id"


def _at(name: str, path: str, who: str = COMMUNITY, statement: str = "", **more: Any) -> dict[str, Any]:
    """One visit; `{}` in the path is the first value of a statement."""
    filled: Any = (lambda found: path.format(found.one(statement))) if statement else path
    return {"name": f"places:{name}", "who": who, "path": filled, **more}


VISITS = (
    _at("home", "/desk/places/"),
    _at("home", "/desk/places/?show=missing", COUNTY, also="county"),
    _at("home", "/desk/places/?on=2020-01-01", COUNTY, also="past"),
    _at("estate", "/desk/places/estates/{estate}/"),
    _at("estate", "/desk/places/estates/{estate}/", GRID, also="reader"),
    _at("estate_new", "/desk/places/estates/new/", press="保存"),
    _at("estate_edit", "/desk/places/estates/{estate}/edit/"),
    _at("building_new", "/desk/places/estates/{estate}/buildings/new/"),
    _at("building_edit", "/desk/places/buildings/{}/edit/", statement=_BUILDING),
    _at("unit_new", "/desk/places/buildings/{}/units/new/", statement=_BUILDING),
    _at("dwellings", "/desk/places/dwellings/?place={estate}"),
    _at("dwellings", "/desk/places/dwellings/?q=没有", COUNTY, also="none"),
    _at("dwelling_new", "/desk/places/buildings/{}/dwellings/new/", statement=_BUILDING, press="保存"),
    _at("dwelling_edit", "/desk/places/dwellings/{}/edit/", statement=_DWELLING),
    _at("grids", "/desk/places/grids/", COUNTY),
    _at("grid_new", "/desk/places/grids/new/", press="保存"),
    _at("grid_edit", "/desk/places/grids/{}/edit/", statement=_GRID),
    _at("venues", "/desk/places/venues/", COUNTY),
    _at("venue_new", "/desk/places/venues/new/", press="保存"),
    _at("venue_edit", "/desk/places/venues/{}/edit/", COUNTY, "SELECT id FROM places_venue ORDER BY id"),
    _at("spaces", "/desk/places/spaces/", COUNTY),
    _at("space_new", "/desk/places/spaces/new/", press="保存"),
    _at("space_edit", "/desk/places/spaces/{}/edit/", COUNTY, "SELECT id FROM places_space ORDER BY id"),
)
