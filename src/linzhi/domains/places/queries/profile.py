"""The profile of an estate (JS-01): which facts are filled, by whom, when last checked, what is missing and who owes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from linzhi.domains.places.models import Estate, ProfileField, Verification
from linzhi.domains.places.queries.dated import in_force
from linzhi.domains.places.rules import PROFILE_FIELDS
from linzhi.kernel.clock import BEIJING, day_of
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import find


@dataclass(frozen=True)
class Item:
    """One fact of a profile. `owes` is the role that has to fill it; `needed` whether the profile is incomplete without it."""

    field: str
    title: str
    filled: bool
    needed: bool
    by: str
    since: date | None
    owes: str


@dataclass(frozen=True)
class Profile:
    """An estate's profile as of a day. `check_again` is the day by which somebody has to look again (`profile.verify_days`)."""

    items: tuple[Item, ...]
    verified_at: datetime | None
    verified_by: str
    check_again: date | None

    @property
    def missing(self) -> list[Item]:
        """The needed facts that nobody has filled."""
        return [item for item in self.items if item.needed and not item.filled]

    @property
    def filled(self) -> int:
        """How many of the needed facts are filled."""
        return sum(item.needed and item.filled for item in self.items)

    @property
    def needed(self) -> int:
        """How many facts are needed."""
        return sum(item.needed for item in self.items)


def needed_fields(path: str, on: date) -> tuple[str, ...]:
    """The facts that a profile needs at a place on a day (`profile.fields`); none before anybody said so."""
    answer = find("profile.fields", on=on, pack=pack_for(path))
    return tuple(name for name in answer.value if name in PROFILE_FIELDS) if answer else ()


def missing_fields(estate: Estate, on: date) -> list[str]:
    """The needed facts of an estate that nobody has filled on a day."""
    filled = set(ProfileField.objects.filter(in_force(on), estate=estate).values_list("field", flat=True))
    return [name for name in needed_fields(estate.path, on) if name not in filled]


def profile_of(estate: Estate, on: date) -> Profile:
    """The profile of an estate as of a day. Estates' facts are public; who filled them is for staff, and for the page to decide."""
    filled = {row.field: row for row in ProfileField.objects.filter(in_force(on), estate=estate)}
    needed = needed_fields(estate.path, on)
    items = []
    for name, (title, owes) in PROFILE_FIELDS.items():
        row = filled.get(name)
        items.append(
            Item(name, str(title), row is not None, name in needed, row.filled_by if row else "", row.begin if row else None, owes)
        )
    last = last_verifications([estate.pk], on).get(estate.pk)
    days = verify_days(estate.path, on)
    again = day_of(last.at) + timedelta(days=days) if last and days else None
    return Profile(tuple(items), last.at if last else None, last.by if last else "", again)


def verify_days(path: str, on: date) -> int:
    """After how many days a profile is checked again at a place (`profile.verify_days`); nought before anybody said so."""
    answer = find("profile.verify_days", on=on, pack=pack_for(path))
    return int(answer.value) if answer else 0


def last_verifications(estates: list[int], on: date) -> dict[int, Verification]:
    """Estate to its last check up to a day; one statement."""
    end = datetime.combine(on, datetime.max.time(), tzinfo=BEIJING)
    rows = Verification.objects.filter(estate_id__in=estates, at__lte=end).order_by("at", "pk")
    return {row.estate_id: row for row in rows}
