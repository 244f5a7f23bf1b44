"""The last app to be ready: ties the parts together once all of them are loaded."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """No tables."""

    name = "linzhi.config"
    label = "config"

    def ready(self) -> None:
        """Wire events to handlers and fill the navigation."""
        from linzhi.config.wiring import wire

        wire()
