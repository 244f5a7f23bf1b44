"""Every change of the ground. Importing this package registers the commands."""

from linzhi.domains.places.commands.add_building import AddBuilding, add_building
from linzhi.domains.places.commands.add_division import AddDivision, add_division
from linzhi.domains.places.commands.add_facility import AddFacility, add_facility
from linzhi.domains.places.commands.bulk import Compared, Recorded
from linzhi.domains.places.commands.create_grid import CreateGrid, create_grid
from linzhi.domains.places.commands.dwelling_rows import DwellingRow, compare_dwellings
from linzhi.domains.places.commands.estate_rows import EstateRow, compare_estates
from linzhi.domains.places.commands.grid_rows import GridRow, compare_grids
from linzhi.domains.places.commands.merge_divisions import MergeDivisions, merge_divisions
from linzhi.domains.places.commands.move_division import MoveDivision, move_division
from linzhi.domains.places.commands.record_buildings import BuildingRow, RecordBuildings, compare_buildings, record_buildings
from linzhi.domains.places.commands.record_dwellings import RecordDwellings, record_dwellings
from linzhi.domains.places.commands.record_estates import RecordEstates, record_estates
from linzhi.domains.places.commands.record_facilities import RecordFacilities, record_facilities
from linzhi.domains.places.commands.record_grids import RecordGrids, record_grids
from linzhi.domains.places.commands.record_spaces import RecordSpaces, record_spaces
from linzhi.domains.places.commands.record_units import RecordUnits, UnitRow, compare_units, record_units
from linzhi.domains.places.commands.record_venues import RecordVenues, record_venues
from linzhi.domains.places.commands.redraw_grid import RedrawGrid, redraw_grid
from linzhi.domains.places.commands.register_estate import RegisterEstate, register_estate
from linzhi.domains.places.commands.revise_estate import ReviseEstate, revise_estate
from linzhi.domains.places.commands.settle_move import SettleMove, settle_move
from linzhi.domains.places.commands.site_rows import (
    FacilityRow,
    SpaceRow,
    VenueRow,
    compare_facilities,
    compare_spaces,
    compare_venues,
)
from linzhi.domains.places.commands.split_division import Part, SplitDivision, split_division
from linzhi.domains.places.commands.verify_profile import VerifyProfile, verify_profile
from linzhi.domains.places.commands.withdraw_buildings import WithdrawBuildings, withdraw_buildings
from linzhi.domains.places.commands.withdraw_dwellings import WithdrawDwellings, withdraw_dwellings
from linzhi.domains.places.commands.withdraw_estates import WithdrawEstates, withdraw_estates
from linzhi.domains.places.commands.withdraw_facilities import WithdrawFacilities, withdraw_facilities
from linzhi.domains.places.commands.withdraw_grids import WithdrawGrids, withdraw_grids
from linzhi.domains.places.commands.withdraw_spaces import WithdrawSpaces, withdraw_spaces
from linzhi.domains.places.commands.withdraw_units import WithdrawUnits, withdraw_units
from linzhi.domains.places.commands.withdraw_venues import WithdrawVenues, withdraw_venues

__all__ = [
    "AddBuilding", "AddDivision", "AddFacility", "BuildingRow", "Compared", "CreateGrid", "DwellingRow", "EstateRow", "FacilityRow",
    "GridRow", "MergeDivisions", "MoveDivision", "Part", "RecordBuildings", "RecordDwellings", "RecordEstates", "RecordFacilities",
    "RecordGrids", "RecordSpaces", "RecordUnits", "RecordVenues", "Recorded", "RedrawGrid", "RegisterEstate", "ReviseEstate",
    "SettleMove", "SpaceRow", "SplitDivision", "UnitRow", "VenueRow", "VerifyProfile", "WithdrawBuildings", "WithdrawDwellings",
    "WithdrawEstates", "WithdrawFacilities", "WithdrawGrids", "WithdrawSpaces", "WithdrawUnits", "WithdrawVenues",
    "add_building", "add_division", "add_facility", "compare_buildings", "compare_dwellings", "compare_estates", "compare_facilities",
    "compare_grids", "compare_spaces", "compare_units", "compare_venues", "create_grid", "merge_divisions", "move_division",
    "record_buildings", "record_dwellings", "record_estates", "record_facilities", "record_grids", "record_spaces", "record_units",
    "record_venues", "redraw_grid", "register_estate", "revise_estate", "settle_move", "split_division", "verify_profile",
    "withdraw_buildings", "withdraw_dwellings", "withdraw_estates", "withdraw_facilities", "withdraw_grids", "withdraw_spaces",
    "withdraw_units", "withdraw_venues",
]  # fmt: skip
