"""Tables of the ground. Every row lies at a `path` of the territory tree; what can change its extent is dated."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.places.rules import AREA_SOURCES, DWELLING_USES, PROPERTY_ARRANGEMENTS, SELF_GOVERNMENTS
from linzhi.foundation.territory.models import Territory


def _ends_after_begin(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name=name)


class Estate(models.Model):
    """A residential estate (小区). What isn't dated here has its past in the audit log."""

    territory = models.OneToOneField(Territory, models.PROTECT, related_name="estate")
    path = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=24)
    built_year = models.PositiveSmallIntegerField(null=True)
    address = models.CharField(max_length=200, blank=True)
    households = models.PositiveIntegerField(null=True, help_text="declared; the counted figure comes from dwellings")
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    self_government = models.CharField(max_length=24, default="none")
    property_arrangement = models.CharField(max_length=24, default="none")
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            _ends_after_begin("estate_ends_after_begin"),
            models.CheckConstraint(condition=Q(self_government__in=list(SELF_GOVERNMENTS)), name="estate_self_government_known"),
            models.CheckConstraint(condition=Q(property_arrangement__in=list(PROPERTY_ARRANGEMENTS)), name="estate_property_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """A building of an estate; `units` counts its entrances."""

    territory = models.OneToOneField(Territory, models.PROTECT, related_name="building")
    path = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=32, unique=True)
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="buildings")
    number = models.CharField(max_length=20, help_text="as written on the wall: 3幢")
    units = models.PositiveSmallIntegerField(default=1)
    floors = models.PositiveSmallIntegerField(default=1)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "number"], name="building_number_once"),
            _ends_after_begin("building_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return self.number


class Dwelling(models.Model):
    """One dwelling, shop or parking space. `exclusive_area` is in 1/100 m² and says where it comes from."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="dwellings")
    path = models.CharField(max_length=60, db_index=True)
    unit = models.CharField(max_length=10, blank=True)
    floor = models.SmallIntegerField(null=True)
    room = models.CharField(max_length=20)
    exclusive_area = models.PositiveIntegerField(null=True)
    area_source = models.CharField(max_length=12, blank=True)
    use = models.CharField(max_length=12, default="residential")
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["building", "unit", "room"], condition=Q(end__isnull=True), name="dwelling_room_once"),
            models.CheckConstraint(condition=Q(use__in=list(DWELLING_USES)), name="dwelling_use_known"),
            models.CheckConstraint(
                condition=Q(exclusive_area__isnull=True, area_source="") | Q(exclusive_area__gt=0, area_source__in=list(AREA_SOURCES)),
                name="dwelling_area_has_source",
            ),
            _ends_after_begin("dwelling_ends_after_begin"),
        ]


class Grid(models.Model):
    """A grid (网格) of a community. Its ground is the set of its parts in force; its head and workers are posts in `bodies`."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, default="residential")
    path = models.CharField(max_length=60, db_index=True, help_text="the community")
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [_ends_after_begin("grid_ends_after_begin")]

    def __str__(self) -> str:
        return self.name


class GridPart(models.Model):
    """A piece of ground (an estate or a building) that belongs to a grid from one day until another."""

    grid = models.ForeignKey(Grid, models.PROTECT, related_name="parts")
    path = models.CharField(max_length=60, db_index=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grid", "path"], condition=Q(end__isnull=True), name="grid_part_once"),
            _ends_after_begin("grid_part_ends_after_begin"),
        ]


class Facility(models.Model):
    """A thing with a QR code that people report about: an elevator, a lamp, a gate."""

    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=80)
    code = models.CharField(max_length=40, unique=True)
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="facilities")
    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="facilities")
    path = models.CharField(max_length=60, db_index=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [_ends_after_begin("facility_ends_after_begin")]

    def __str__(self) -> str:
        return self.name
