"""Reads of the directory of skills for its ledger: the offers of a day, where those who offer live, how they agreed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet

from linzhi.domains.people.models import Ownership, Residence, SkillOffer
from linzhi.domains.places import queries as places
from linzhi.domains.places.queries import Dwelling
from linzhi.foundation.consents.models import Consent
from linzhi.foundation.territory.history import inside
from linzhi.foundation.territory.paths import estate_of


def offers_on(path: str, on: date) -> QuerySet[SkillOffer]:
    """The offers of a day in estates inside a place, by estate; whoever asks narrows them to the persons they may see."""
    rows = SkillOffer.objects.filter(places.in_force(on), inside("path", path, on)).select_related("person")
    return rows.order_by("path", "field", "pk")


def addresses_of(ids: Collection[int], path: str, on: date) -> dict[tuple[int | None, str], Dwelling]:
    """Person and estate path to a dwelling in which they live or which they own there on a day. Two statements."""
    homes: dict[tuple[int | None, str], Dwelling] = {}
    for model in (Residence, Ownership):
        lived = model.objects.filter(places.in_force(on), inside("path", path, on), person_id__in=ids)
        for row in lived.select_related("dwelling__building__estate").order_by("pk"):
            homes.setdefault((row.person_id, estate_of(row.path)), row.dwelling)
    return homes


def ways_agreed(ids: Iterable[int | None]) -> dict[int, str]:
    """Consent to the way in which it was given."""
    return dict(Consent.objects.filter(pk__in={pk for pk in ids if pk is not None}).values_list("pk", "how"))
