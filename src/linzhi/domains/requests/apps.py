from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.domains.requests"
    label = "requests"

    def ready(self) -> None:
        from linzhi.domains.requests import access, commands  # noqa: F401 - they register themselves
        from linzhi.domains.requests.commands import erasing  # noqa: F401
        from linzhi.domains.requests.metrics import declared  # noqa: F401
        from linzhi.domains.requests.queries import own_data, photo_visible  # noqa: F401
        from linzhi.foundation.files import attachments

        attachments.register("requests", photo_visible)
