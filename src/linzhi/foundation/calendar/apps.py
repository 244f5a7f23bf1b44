from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.foundation.calendar"
    label = "calendar"
