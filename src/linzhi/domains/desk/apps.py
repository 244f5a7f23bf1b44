from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.domains.desk"
    label = "desk"

    def ready(self) -> None:
        from linzhi.domains.desk import access, commands  # noqa: F401
