"""Checks at start-up of what production needs to sign people in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register("accounts")
def sms_driver(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """An error when production would write one-time codes into a file; a warning when it can't send any."""
    if settings.MODE != "production":
        return []
    if settings.LINZHI_SMS_DRIVER.endswith(".Console"):
        return [Error("The console SMS driver is refused in production.", hint="Set LINZHI_SMS_DRIVER.", id="accounts.E001")]
    if settings.LINZHI_SMS_DRIVER.endswith(".Absent"):
        return [Warning("No SMS provider is set: residents can't sign in by code.", hint="Set LINZHI_SMS_DRIVER.", id="accounts.W001")]
    return []
