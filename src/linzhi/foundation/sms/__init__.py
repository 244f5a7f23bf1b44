"""Text messages: what a driver must do, the drivers that ship, and how a phone number is written. No tables.

Nouns: Driver, Undeliverable, Unavailable. Never: deciding who gets a message, or keeping one.
"""

from linzhi.foundation.sms.drivers import Driver, Unavailable, Undeliverable, driver
from linzhi.foundation.sms.numbers import is_mobile, normal_phone, tidy_phone

__all__ = ["Driver", "Unavailable", "Undeliverable", "driver", "is_mobile", "normal_phone", "tidy_phone"]
