from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.domains.bodies"
    label = "bodies"

    def ready(self) -> None:
        from linzhi.domains.bodies import access, commands, registers  # noqa: F401 - they register themselves
        from linzhi.domains.bodies.metrics import declared, party  # noqa: F401
