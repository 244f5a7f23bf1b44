"""The desk's commands: edits of the work calendar, and of the outbox, which stand below commands and so can't hold their own."""

from linzhi.domains.desk.commands.announce_year import AnnouncedDay, AnnounceYear, announce_year
from linzhi.domains.desk.commands.retry_event import RetryEvent, retry_event
from linzhi.domains.desk.commands.set_day import SetDay, set_day
from linzhi.domains.desk.commands.set_office_hours import SetOfficeHours, set_office_hours

__all__ = [
    "AnnounceYear", "AnnouncedDay", "RetryEvent", "SetDay", "SetOfficeHours", "announce_year", "retry_event", "set_day", "set_office_hours",
]  # fmt: skip
