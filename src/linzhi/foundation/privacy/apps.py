from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.foundation.privacy"
    label = "privacy"
