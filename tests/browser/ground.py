"""The pages of 底数, as data for `visits`: what a Visit is made of."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

GRID, COMMUNITY, COUNTY = "林晓梅", "赵文静", "郑国栋"
_COMMUNITY = "SELECT code FROM territory_territory WHERE name = '梧桐社区'"
_BUILDING = "SELECT b.code FROM places_building b JOIN places_estate e ON e.id = b.estate_id WHERE e.name = '凤栖苑' ORDER BY b.id"
_GRID = "SELECT g.code FROM places_grid g JOIN territory_territory t ON t.path = g.path WHERE t.name = '梧桐社区' ORDER BY g.id"
_DWELLING = "SELECT d.id FROM places_dwelling d JOIN places_estate e ON d.path LIKE e.path || '%' WHERE e.name = '凤栖苑' ORDER BY d.id"


def _at(name: str, path: str, who: str = COMMUNITY, statement: str = "", **more: Any) -> dict[str, Any]:
    """One visit; `{}` in the path is the first value of a statement."""
    filled: Any = (lambda found: path.format(found.one(statement))) if statement else path
    return {"name": f"places:{name}", "who": who, "path": filled, **more}


def merging(page: Page, found: Any) -> None:
    """What a merger would do, before it is confirmed."""
    page.goto(f"/desk/places/divisions/merge/?place={found.one(_COMMUNITY)}")
    page.get_by_label("并入哪里").select_option(label="桂花坪社区")
    page.get_by_label("依据").fill("区政府〔2026〕12号")
    page.get_by_role("button", name="看看会怎样").click()


VISITS = (
    _at("home", "/desk/places/"),
    _at("home", "/desk/places/?show=missing", COUNTY, also="county"),
    _at("home", "/desk/places/?on=2020-01-01", COUNTY, also="past"),
    _at("divisions", "/desk/places/divisions/", COUNTY),
    _at("divisions", "/desk/places/divisions/?on=2020-01-01", also="past"),
    _at("division_add", "/desk/places/divisions/add/", COUNTY, press="看看会怎样"),
    _at("division_move", "/desk/places/divisions/move/?place={}", COUNTY, _COMMUNITY, press="看看会怎样"),
    _at("division_merge", "/desk/places/divisions/merge/?place={}", COUNTY, _COMMUNITY, press="看看会怎样"),
    _at("division_merge", "", COUNTY, go=merging, also="confirm"),
    _at("division_split", "/desk/places/divisions/split/?place={}", COUNTY, _COMMUNITY, press="看看会怎样"),
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
