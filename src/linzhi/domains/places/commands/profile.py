"""Keeping track of which facts of an estate's profile are filled, since when and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from linzhi.domains.places.models import Estate, ProfileField
from linzhi.domains.places.rules import PROFILE_FIELDS

# These have a word for "none"; they are filled only when somebody said so.
SAID = ("self_government", "property_arrangement")


def fill(
    estates: Iterable[Estate], told: Mapping[int, Iterable[str]], by: str, day: date, since: Mapping[int, date] | None = None
) -> dict[int, tuple[list[int], list[int]]]:
    """Bring the profile fields of estates in line with their facts from a day on; `told` names what was said of each just now.

    `since` gives new estates a day of their own: what is said of them holds since they are there.
    Returns the keys of the rows begun and ended, by estate.
    """
    rows = {estate.pk: estate for estate in estates}
    open_rows = ProfileField.objects.filter(estate_id__in=rows, end=None)
    kept: dict[int, dict[str, ProfileField]] = {pk: {} for pk in rows}
    for row in open_rows:
        kept[row.estate_id][row.field] = row
    gone: list[ProfileField] = []
    fresh: list[ProfileField] = []
    for pk, estate in rows.items():
        known = set(kept[pk])
        filled = {name for name in PROFILE_FIELDS if name not in SAID and getattr(estate, name) not in (None, "")}
        filled |= {name for name in SAID if name in known or name in set(told.get(pk, ()))}
        gone += [kept[pk][name] for name in known - filled]
        first = (since or {}).get(pk, day)
        fresh += [ProfileField(estate=estate, path=estate.path, field=name, filled_by=by, begin=first) for name in sorted(filled - known)]
        # Who says a fact anew answers for it from now on.
        for name in known & filled & set(told.get(pk, ())):
            if kept[pk][name].filled_by != by and kept[pk][name].begin < day:
                gone.append(kept[pk][name])
                fresh.append(ProfileField(estate=estate, path=estate.path, field=name, filled_by=by, begin=day))
    ProfileField.objects.filter(pk__in=[row.pk for row in gone]).update(end=day)
    done: dict[int, tuple[list[int], list[int]]] = {}
    for row in ProfileField.objects.bulk_create(fresh, batch_size=1000):
        done.setdefault(row.estate_id, ([], []))[0].append(row.pk)
    for row in gone:
        done.setdefault(row.estate_id, ([], []))[1].append(row.pk)
    return done


def unfill(begun: list[int], ended: list[int]) -> None:
    """Undo `fill`."""
    ProfileField.objects.filter(pk__in=begun).delete()
    ProfileField.objects.filter(pk__in=ended).update(end=None)
