from django.apps import AppConfig


class Config(AppConfig):
    name = "linzhi.domains.places"
    label = "places"

    def ready(self) -> None:
        from linzhi.domains.places import access, commands, registers  # noqa: F401 - they register themselves
        from linzhi.domains.places.metrics import declared, sites  # noqa: F401
        from linzhi.domains.places.queries.official import county_codes
        from linzhi.foundation.sheets.identity import know_counties

        know_counties(county_codes)
