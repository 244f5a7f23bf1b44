from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.foundation.files"
    label = "files"

    def ready(self) -> None:
        """Let the rooms that register something do so."""
        for room in ("access", "commands", "personal"):
            import_module(f"{self.name}.{room}")
