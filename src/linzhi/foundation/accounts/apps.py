from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Let the rooms that register something do so."""
        for room in ("access", "checks", "commands", "personal", "sealed"):
            import_module(f"{self.name}.{room}")
