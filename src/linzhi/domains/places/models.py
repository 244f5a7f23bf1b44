"""Tables of the ground. Every row lies at a `path` of the territory tree; what can change its extent is dated."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from linzhi.domains.places.rules import (
    AREA_SOURCES,
    BUILDING_KINDS,
    DWELLING_KINDS,
    DWELLING_USES,
    OCCUPANCIES,
    PREMISES_OWNERS,
    PROPERTY_ARRANGEMENTS,
    SELF_GOVERNMENTS,
    SPACE_STATES,
    VENUE_KINDS,
    VENUE_LEVELS,
)
from linzhi.foundation.territory.models import Territory


def _ends_after_begin(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name=name)


class Estate(models.Model):
    """A residential estate (小区). Counts here are declared; counted ones come from the rows below it.

    `since` is the day from which the facts hold (null: since `begin`); what they were before is in FormerFacts.
    """

    territory = models.OneToOneField(Territory, models.PROTECT, related_name="estate")
    path = models.CharField(max_length=60, unique=True)
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=24)
    built_year = models.PositiveSmallIntegerField(null=True)
    address = models.CharField(max_length=200, blank=True)
    declared_buildings = models.PositiveIntegerField(null=True)
    households = models.PositiveIntegerField(null=True, help_text="declared; the counted figure comes from dwellings")
    residents = models.PositiveIntegerField(null=True, help_text="declared: people registered as living there")
    population = models.PositiveIntegerField(null=True, help_text="declared: resident population (常住人口)")
    conditions = models.JSONField(null=True, help_text="flags of rules.CONDITIONS; null: not looked at yet")
    boundary = models.JSONField(null=True, help_text="GeoJSON polygon, longitude and latitude as text")
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    self_government = models.CharField(max_length=24, default="none")
    property_arrangement = models.CharField(max_length=24, default="none")
    since = models.DateField(null=True)
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
    kind = models.CharField(max_length=16, default="residential")
    units = models.PositiveSmallIntegerField(default=1)
    floors = models.PositiveSmallIntegerField(default=1)
    since = models.DateField(null=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "number"], name="building_number_once"),
            models.CheckConstraint(condition=Q(kind__in=list(BUILDING_KINDS)), name="building_kind_known"),
            _ends_after_begin("building_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return self.number


class Unit(models.Model):
    """An entrance (单元) of a building: its floors and lifts."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="entrances")
    path = models.CharField(max_length=60, db_index=True)
    number = models.CharField(max_length=10)
    floors = models.PositiveSmallIntegerField(null=True)
    lifts = models.PositiveSmallIntegerField(null=True, help_text="null: not known")
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["building", "number"], condition=Q(end__isnull=True), name="unit_number_once"),
            _ends_after_begin("unit_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return self.number


class Dwelling(models.Model):
    """One dwelling, shop or parking space (`kind`). `exclusive_area` is in 1/100 m² and says where it comes from.

    `since` as for an estate: areas before a correction are in FormerFacts, since votes and fees of then rest on them.
    """

    building = models.ForeignKey(Building, models.PROTECT, related_name="dwellings")
    path = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=8, default="home")
    unit = models.CharField(max_length=10, blank=True)
    floor = models.SmallIntegerField(null=True)
    room = models.CharField(max_length=20)
    exclusive_area = models.PositiveIntegerField(null=True)
    area_source = models.CharField(max_length=12, blank=True)
    use = models.CharField(max_length=12, default="residential")
    since = models.DateField(null=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["building", "unit", "room"], condition=Q(end__isnull=True), name="dwelling_room_once"),
            models.CheckConstraint(condition=Q(kind__in=list(DWELLING_KINDS)), name="dwelling_kind_known"),
            models.CheckConstraint(condition=Q(use__in=list(DWELLING_USES)), name="dwelling_use_known"),
            models.CheckConstraint(
                condition=Q(exclusive_area__isnull=True, area_source="") | Q(exclusive_area__gt=0, area_source__in=list(AREA_SOURCES)),
                name="dwelling_area_has_source",
            ),
            _ends_after_begin("dwelling_ends_after_begin"),
        ]


class Occupancy(models.Model):
    """How a dwelling is used from a day until another: lived in by the owner, let, vacant ... No row: not known."""

    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="occupancies")
    path = models.CharField(max_length=60, db_index=True)
    state = models.CharField(max_length=16)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dwelling"], condition=Q(end__isnull=True), name="occupancy_open_once"),
            models.CheckConstraint(condition=Q(state__in=list(OCCUPANCIES)), name="occupancy_state_known"),
            _ends_after_begin("occupancy_ends_after_begin"),
        ]


class Grid(models.Model):
    """A grid (网格) of a community. Its ground is the set of its parts in force; its head and workers are posts in `bodies`.

    A micro-grid is part of its `parent`.
    """

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, default="residential")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="micro_grids")
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


class Venue(models.Model):
    """A place where people are served or meet (阵地). `area` is in 1/100 m²; functions, equipment and signs are words of the pack."""

    name = models.CharField(max_length=80)
    path = models.CharField(max_length=60, db_index=True, help_text="the division, estate or building it stands in")
    level = models.CharField(max_length=12)
    kind = models.CharField(max_length=16)
    area = models.PositiveIntegerField(null=True)
    functions = models.JSONField(default=list)
    equipment = models.JSONField(default=list)
    signs = models.JSONField(default=list)
    hours = models.CharField(max_length=120, blank=True)
    premises = models.CharField(max_length=16, default="other")
    owner = models.CharField(max_length=80, blank=True, help_text="who owns the premises, by name")
    since = models.DateField(null=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "name"], condition=Q(end__isnull=True), name="venue_name_once"),
            models.CheckConstraint(condition=Q(level__in=list(VENUE_LEVELS)), name="venue_level_known"),
            models.CheckConstraint(condition=Q(kind__in=list(VENUE_KINDS)), name="venue_kind_known"),
            models.CheckConstraint(condition=Q(premises__in=list(PREMISES_OWNERS)), name="venue_premises_known"),
            _ends_after_begin("venue_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return self.name


class Space(models.Model):
    """A room or piece of ground that stands idle, or did (闲置空间). `area` is in 1/100 m²; `wanted` is what people would use it for."""

    name = models.CharField(max_length=80)
    path = models.CharField(max_length=60, db_index=True)
    area = models.PositiveIntegerField(null=True)
    premises = models.CharField(max_length=16, default="other")
    owner = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, default="idle")
    wanted = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "name"], condition=Q(end__isnull=True), name="space_name_once"),
            models.CheckConstraint(condition=Q(state__in=list(SPACE_STATES)), name="space_state_known"),
            models.CheckConstraint(condition=Q(premises__in=list(PREMISES_OWNERS)), name="space_premises_known"),
            _ends_after_begin("space_ends_after_begin"),
        ]

    def __str__(self) -> str:
        return self.name


class FormerFacts(models.Model):
    """The facts of an estate, building, dwelling, venue or space (`what`, `row_id`) as they were from a day until another."""

    what = models.CharField(max_length=12)
    row_id = models.BigIntegerField()
    path = models.CharField(max_length=60, db_index=True)
    facts = models.JSONField()
    begin = models.DateField()
    end = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "row_id", "end"], name="former_facts_once"),
            models.CheckConstraint(condition=Q(end__gt=F("begin")), name="former_facts_end_after_begin"),
        ]


class ProfileField(models.Model):
    """A fact of an estate's profile that is filled, from a day until another, and who filled it (the key of an actor)."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="profile_fields")
    path = models.CharField(max_length=60, db_index=True)
    field = models.CharField(max_length=24)
    filled_by = models.CharField(max_length=80)
    begin = models.DateField()
    end = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["estate", "field"], condition=Q(end__isnull=True), name="profile_field_once"),
            _ends_after_begin("profile_field_ends_after_begin"),
        ]


class Verification(models.Model):
    """Somebody checked an estate's profile on the spot and says that it is right."""

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="verifications")
    path = models.CharField(max_length=60, db_index=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
