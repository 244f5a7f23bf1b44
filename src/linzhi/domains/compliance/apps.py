from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.domains.compliance"
    label = "compliance"

    def ready(self) -> None:
        from linzhi.domains.compliance import access, commands  # noqa: F401 - they register themselves
        from linzhi.domains.compliance.metrics import listed  # noqa: F401
