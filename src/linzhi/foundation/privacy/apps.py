from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.foundation.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Declare the personal columns of the lower parts."""
        import_module(f"{self.name}.declared")
