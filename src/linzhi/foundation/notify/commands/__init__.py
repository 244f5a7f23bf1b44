"""Every change to messages by people. Importing this package registers the commands."""

from linzhi.foundation.notify.commands.choose_channel import ChooseChannel, choose_channel
from linzhi.foundation.notify.commands.mark_all_read import MarkAllRead, mark_all_read
from linzhi.foundation.notify.commands.mark_read import MarkRead, mark_read
from linzhi.foundation.notify.commands.retry_delivery import RetryDelivery, retry_delivery

__all__ = ["ChooseChannel", "MarkAllRead", "MarkRead", "RetryDelivery", "choose_channel", "mark_all_read", "mark_read", "retry_delivery"]
