"""The policy app: the packs, and what an installation enters itself below them."""

from __future__ import annotations

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Registers what an installation enters itself."""

    name = "linzhi.policy"
    label = "policy"

    def ready(self) -> None:
        from linzhi.foundation.files import attachments
        from linzhi.policy import access, commands  # noqa: F401 - they register themselves
        from linzhi.policy.queries import document_visible

        attachments.register("policy", document_visible)
