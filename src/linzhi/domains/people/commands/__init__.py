"""Every change of people's records. Importing this package registers the commands."""

from linzhi.domains.people.commands.end_ownership import EndOwnership, end_ownership
from linzhi.domains.people.commands.link_account import LinkAccount, link_account
from linzhi.domains.people.commands.move_in import MoveIn, move_in
from linzhi.domains.people.commands.move_out import MoveOut, move_out
from linzhi.domains.people.commands.record_ownership import RecordOwnership, record_ownership
from linzhi.domains.people.commands.register_household import HouseholdRow, RegisterHousehold, register_household
from linzhi.domains.people.commands.register_person import RegisterPerson, register_person

__all__ = [
    "EndOwnership", "HouseholdRow", "LinkAccount", "MoveIn", "MoveOut", "RecordOwnership", "RegisterHousehold", "RegisterPerson",
    "end_ownership", "link_account", "move_in", "move_out", "record_ownership", "register_household", "register_person",
]  # fmt: skip
