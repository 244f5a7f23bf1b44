"""The desk's commands: edits of the work calendar, and of the outbox, which stand below commands and so can't hold their own."""

from linzhi.domains.desk.commands.announce_year import AnnounceYear, announce_year
from linzhi.domains.desk.commands.retry_event import RetryEvent, retry_event
from linzhi.domains.desk.commands.set_day import SetDay, set_day

__all__ = ["AnnounceYear", "RetryEvent", "SetDay", "announce_year", "retry_event", "set_day"]
