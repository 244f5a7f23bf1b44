from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.flow"
    label = "flow"

    def ready(self) -> None:
        from linzhi.flow import access, commands, personal  # noqa: F401 - they register themselves
