"""The engine's own commands."""

from linzhi.flow.commands.renew_limits import RenewLimits, renew_limits
from linzhi.flow.commands.ring_alarm import RingAlarm, ring_alarm

__all__ = ["RenewLimits", "RingAlarm", "renew_limits", "ring_alarm"]
