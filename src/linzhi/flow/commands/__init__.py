"""The engine's own commands."""

from linzhi.flow.commands.ring_alarm import RingAlarm, ring_alarm

__all__ = ["RingAlarm", "ring_alarm"]
