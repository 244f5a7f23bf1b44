from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.domains.places"
    label = "places"

    def ready(self) -> None:
        from linzhi.domains.places import access, commands, registers  # noqa: F401 - they register themselves
