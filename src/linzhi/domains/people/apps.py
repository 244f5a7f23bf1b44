from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.domains.people"
    label = "people"

    def ready(self) -> None:
        from linzhi.domains.people import access, commands, registers  # noqa: F401 - they register themselves
        from linzhi.domains.people.commands import own_data  # noqa: F401
        from linzhi.domains.people.metrics import declared  # noqa: F401
        from linzhi.domains.people.queries import keeping  # noqa: F401 - declares how long records are kept
