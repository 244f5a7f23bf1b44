"""The desk's commands: edits of the work calendar, which stands below commands and so can't hold its own."""

from linzhi.domains.desk.commands.announce_year import AnnounceYear, announce_year
from linzhi.domains.desk.commands.set_day import SetDay, set_day

__all__ = ["AnnounceYear", "SetDay", "announce_year", "set_day"]
