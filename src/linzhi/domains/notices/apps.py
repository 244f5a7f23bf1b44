from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.domains.notices"
    label = "notices"

    def ready(self) -> None:
        from linzhi.domains.notices import access, commands  # noqa: F401 - they register themselves
