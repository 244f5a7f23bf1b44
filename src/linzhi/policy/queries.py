"""Policy for a place of the territory tree, and what was proposed there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.files.models import StoredFile
from linzhi.foundation.territory import queries as territory
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import within
from linzhi.policy import check, entered
from linzhi.policy.load import packs
from linzhi.policy.models import EnteredValue as EnteredValue
from linzhi.policy.pack import DatedValue, Parameter
from linzhi.policy.resolve import DEFAULT_PACK, Answer, find, resolve
from linzhi.policy.schema import ENTERED_LEVELS as ENTERED_LEVELS

ESTATE_KEYS = "policy.estate_keys"


def pack_for(path: str) -> str:
    """The pack that applies at a territory path: the nearest one entered or named on the way up, else the nation's.

    A name that this installation has no pack for counts as none. What was approved is seen within two seconds.
    """
    found = entered.nearest(path)
    if found is not None:
        return found
    name = territory.pack_for(path)
    return name if name in packs().by_name else DEFAULT_PACK


def packs_inside(path: str) -> dict[str, str]:
    """The paths inside a place at which another pack begins, shipped or entered, with that pack; the place itself is left out."""
    named = Territory.objects.filter(within("path", path)).exclude(pack="").exclude(path=path).values_list("path", "pack")
    return {inner: name for inner, name in named if name in packs().by_name} | entered.inside(path)


def resolve_at(key: str, path: str, on: date) -> Answer:
    """The value of a key at a territory path on a day; refused like `policy.resolve.resolve`."""
    return resolve(key, on=on, pack=pack_for(path))


def estate_keys(path: str, on: date) -> tuple[str, ...]:
    """The keys that an estate's own rules of procedure may set at a place."""
    answer = find(ESTATE_KEYS, on=on, pack=pack_for(path))
    return tuple(answer.value) if answer else ()


def may_be_entered(path: str, level: str, on: date) -> list[Parameter]:
    """The parameters for which a place of this level may have a value of its own, by key; none that a document above has fixed."""
    own = estate_keys(path, on) if level == "estate" else None
    pack = pack_for(path)
    return [
        parameter for key, parameter in sorted(packs().parameters.items())
        if (own is None or key in own) and not (parameter.override == "fixed" and find(key, on=on, pack=pack) is not None)
    ]  # fmt: skip


def proposals(powers: Powers, path: str, *, first: int = 0, most: int = 40) -> list[EnteredValue]:
    """What was proposed inside a place, as far as the asker sees it, the newest first."""
    rows = EnteredValue.objects.filter(powers.visible("policy.view_value"), within("path", path))
    return list(rows.order_by("-proposed_at", "-pk")[first : first + most])


def proposal_count(powers: Powers, path: str) -> int:
    """How many `proposals` there are."""
    return EnteredValue.objects.filter(powers.visible("policy.view_value"), within("path", path)).count()


def waiting(powers: Powers) -> list[EnteredValue]:
    """The open proposals that the asker may approve, the oldest first: somebody else's."""
    if powers.actor.account_id is None:
        return []
    rows = EnteredValue.objects.filter(powers.visible("policy.approve_value"), state="proposed")
    return list(rows.exclude(proposed_by=powers.actor.account_id).order_by("proposed_at", "pk"))


def proposal(powers: Powers, pk: int) -> EnteredValue | None:
    """One proposal that the asker may see, or None; who proposed it sees it also without the post."""
    rows = EnteredValue.objects.filter(powers.visible("policy.view_value") | Q(proposed_by=powers.actor.account_id), pk=pk)
    return rows.first() if powers.actor.account_id is not None else None


def history(path: str, key: str = "") -> list[EnteredValue]:
    """Every value that a place itself was ever given, the newest first. The rules by which people are governed are public."""
    rows = EnteredValue.objects.filter(path=path, approved_at__isnull=False)
    return list((rows.filter(key=key) if key else rows).order_by("-begin", "-pk"))


def document_visible(powers: Powers, file: StoredFile) -> bool:
    """Whether the asker may open the document of a value: anybody who is signed in once it was approved, before that whoever sees it."""
    row = EnteredValue.objects.filter(pk=int(file.subject.rpartition(":")[2])).first()
    if row is None or powers.actor.account_id is None:
        return False
    return row.approved_at is not None or proposal(powers, row.pk) is not None


@dataclass(frozen=True)
class Difference:
    """What a proposal changes: what holds on its first day without it, what it says, and what holds again from `end`.

    `overruled` are the places below whose own value the proposal would forbid.
    """

    row: EnteredValue
    parameter: Parameter
    old: Answer | None
    new: Any
    again: Answer | None
    overruled: tuple[str, ...]


def difference(row: EnteredValue) -> Difference:
    """What a proposal that isn't in force would change. Raises KeyError for a key that the packs no longer have."""
    parameter = packs().parameters[row.key]
    pack = pack_for(row.path)
    old = find(row.key, on=row.begin, pack=pack)
    if row.kind == "end":
        return Difference(row, parameter, old, None, without_own(row, row.begin), ())
    value = entered.dated(row, parameter.shape, entered.document_of([row], row.path))
    again = without_own(row, row.end) if row.end else None
    return Difference(row, parameter, old, value.value, again, overruled(row, parameter, value))


def without_own(row: EnteredValue, on: date) -> Answer | None:
    """What holds at the place on a day by the packs above it alone: what comes back when its own value ends."""
    own = packs().by_name.get(f"place:{territory.by_path(row.path).code}")
    return find(row.key, on=on, pack=pack_for(row.path) if own is None or own.parent is None else own.parent)


def overruled(row: EnteredValue, parameter: Parameter, value: DatedValue) -> tuple[str, ...]:
    """The names of the places below that have a value of their own which this one would forbid."""
    below = EnteredValue.objects.filter(within("path", row.path), key=row.key, kind="set", state="approved").exclude(path=row.path)
    paths = []
    for lower in below:
        other = entered.dated(lower, parameter.shape, value.document)
        overlap = (value.end is None or other.begin < value.end) and (other.end is None or value.begin < other.end)
        if overlap and check.forbidden(parameter, other, value):
            paths.append(lower.path)
    names = territory.names(paths)
    return tuple(names.get(path, "") for path in dict.fromkeys(paths))
