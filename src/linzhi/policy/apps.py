"""The policy app: no tables; what an act relied on is stored with the act."""

from __future__ import annotations

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Registers the app, so that its tests and words are found."""

    name = "linzhi.policy"
    label = "policy"
