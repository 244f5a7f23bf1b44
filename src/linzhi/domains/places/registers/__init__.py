"""The registers of the ground as sheets: estates, buildings, units, dwellings, grids, venues, idle spaces, facilities."""

from linzhi.domains.places.registers.buildings import BUILDINGS, UNITS
from linzhi.domains.places.registers.dwellings import DWELLINGS
from linzhi.domains.places.registers.estates import ESTATES
from linzhi.domains.places.registers.grids import GRIDS
from linzhi.domains.places.registers.sites import FACILITIES, SPACES, VENUES
from linzhi.foundation.sheets.register import declare

declare(ESTATES, BUILDINGS, UNITS, DWELLINGS, GRIDS, VENUES, SPACES, FACILITIES)
