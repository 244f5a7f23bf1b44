from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.domains.voting"
    label = "voting"
