"""What a count of an owners' vote rests on, as data. What the law leaves to the rules of procedure (业主大会议事规则) is a field of `Rules`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

AGREE, OPPOSE, ABSTAIN, INVALID = "agree", "oppose", "abstain", "invalid"


class Uncountable(ValueError):
    """A vote that can't be counted; `code` says why: area_missing, zero_total_area, unit_twice, ..."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(f"{code}: {about}" if about else code)
        self.code = code


@dataclass(frozen=True)
class Rules:
    """What the owners' rules of procedure decide, each with the default that holds where they are silent."""

    unreturned_delivered: str = "not_participating"  # or "abstain", "follow_majority": 274号 Art. 26(2); contested, see the document
    follow_floor: Fraction | None = None  # follow only a side with more than this share of all area and of all heads
    clause: str = ""  # where the rules of procedure say so; without it nobody silent is counted
    invalid_ballot: str = "not_participating"  # or "abstain"
    co_owner_conflict: str = "invalid"  # or "abstain"
    parking_counted: bool = False  # SPC Art. 2; 274号 Art. 25(1)
    duplicate: str = "last_wins"  # or "first_locks"
    proxy_limit: int | None = None  # so many principals for one agent at most

    def __post_init__(self) -> None:
        for value, allowed in (
            (self.unreturned_delivered, ("not_participating", "abstain", "follow_majority")),
            (self.invalid_ballot, ("not_participating", "abstain")),
            (self.co_owner_conflict, ("invalid", "abstain")),
            (self.duplicate, ("last_wins", "first_locks")),
            (self.parking_counted, (True, False)),
        ):
            if value not in allowed:
                raise Uncountable("bad_rule", f"{value!r} is none of {allowed}")
        if self.unreturned_delivered != "not_participating" and not self.clause:
            raise Uncountable("clause_missing", "counting silent owners needs the clause that says so")


@dataclass(frozen=True, slots=True)
class RollUnit:
    """One exclusive part (专有部分) as it stands in the roll at opening."""

    id: str
    area: int | None  # in the roll's smallest unit, usually 1/100 m²
    owners: tuple[str, ...]  # those whom the law takes for owners: roll.owners_of
    rep: str = ""  # whom the co-owners have named to vote (274号 Art. 25(2))
    kind: str = ""  # "parking" or anything else
    building: str = ""
    served: bool = False  # there is proof that the ballot reached the owner


@dataclass(frozen=True, slots=True)
class Ballot:
    """One ballot as it was cast. `t` is when, `seq` its number in the register: together they order ballots, however they came in."""

    voter: str
    units: tuple[str, ...] | None  # None: all that the voter may vote for
    choice: str
    t: int
    seq: int
    proxy_for: str = ""
    written: bool = False  # the proxy is in writing


@dataclass(frozen=True, slots=True)
class Transfer:
    """A unit changes hands at `t`, while the vote runs."""

    t: int
    unit: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Matter:
    """One of the nine items of Art. 278(1), or the unit that is to become business premises (Art. 279)."""

    item: int = 0
    unit: str = ""
    also_interested: tuple[str, ...] = ()  # units or owners elsewhere who have shown an interest (SPC Art. 11)


@dataclass(frozen=True)
class Vote:
    """Everything that a count rests on."""

    matter: Matter
    units: Sequence[RollUnit]
    ballots: Sequence[Ballot]
    rules: Rules = Rules()
    building: str = ""  # the scope, where only one building decides (fund use within the spending scope)
    transfers: Sequence[Transfer] = ()
    guardians: Mapping[str, str] = field(default_factory=dict)  # ward: guardian (274号 Art. 25(3))
    close: int = 100  # the last moment at which a ballot is in time; it opens at 0
    places: int = 2  # an area is written in units of 10^-places m²
