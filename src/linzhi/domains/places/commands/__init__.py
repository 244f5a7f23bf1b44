"""Every change of the ground. Importing this package registers the commands."""

from linzhi.domains.places.commands.add_building import AddBuilding, add_building
from linzhi.domains.places.commands.add_division import AddDivision, add_division
from linzhi.domains.places.commands.add_facility import AddFacility, add_facility
from linzhi.domains.places.commands.create_grid import CreateGrid, create_grid
from linzhi.domains.places.commands.redraw_grid import RedrawGrid, redraw_grid
from linzhi.domains.places.commands.register_dwellings import DwellingRow, RegisterDwellings, register_dwellings
from linzhi.domains.places.commands.register_estate import RegisterEstate, register_estate
from linzhi.domains.places.commands.revise_estate import ReviseEstate, revise_estate

__all__ = [
    "AddBuilding", "AddDivision", "AddFacility", "CreateGrid", "DwellingRow", "RedrawGrid", "RegisterDwellings", "RegisterEstate",
    "ReviseEstate", "add_building", "add_division", "add_facility", "create_grid", "redraw_grid", "register_dwellings",
    "register_estate", "revise_estate",
]  # fmt: skip
