"""The count of an owners' vote: one pure function, `tally`, on whole numbers and fractions.

docs/algorithms/tally.md tells the same in words, step by step. Law: 民法典 (Civil Code, in force 2021-01-01) Art. 278 and 279; Supreme
People's Court, 建筑物区分所有权司法解释 (2020, "SPC"), Art. 1, 8, 9, 10, 11; 业主大会和业主委员会指导规则 (建房〔2009〕274号, "274号") Art. 25, 26 where
it doesn't conflict with the Code. What a count rests on is in vote.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

from linzhi.domains.voting.rules.vote import ABSTAIN, AGREE, INVALID, OPPOSE, Ballot, Matter, RollUnit, Rules, Transfer, Uncountable, Vote
from linzhi.kernel.exact import at_least, more_than

SIDES = {AGREE: 1, OPPOSE: 2, ABSTAIN: 4}  # as bits: what the units of one owner said together
SPOILT = 8

QUORUM = Fraction(2, 3)  # Art. 278(2): 三分之二以上; "以上" includes the number (Art. 1259)
SPECIAL = Fraction(3, 4)  # Art. 278(2): 四分之三以上, items 6, 7 and 8
ORDINARY = Fraction(1, 2)  # Art. 278(2): 过半数, more than half
SPECIAL_ITEMS = frozenset({6, 7, 8})
ITEMS = range(1, 10)
PARTICIPATION, CONSENT, UNANIMITY = "民法典第二百七十八条第二款（参与表决）", "民法典第二百七十八条第二款（同意）", "民法典第二百七十九条"

LEFT_OUT = {
    "late": "表决期之外（公告的表决期）",
    "ward": "由监护人行使（274号第二十五条第三款）",
    "oral_proxy": "没有书面委托（274号第二十六条第一款）",
    "proxy_limit": "超过一人可代理的户数（议事规则）",
    "outside": "不在表决范围内的房屋（表决公告；议事规则）",
    "not_owner": "投票时不是业主或其代表（民法典第二百七十八条；司法解释第一条、第九条；274号第二十五条）",
    "former_owner_voted": "原业主已有效表决（民法典第二百七十三条第二款；惯例）",
    "superseded": "同一人另有一票为准（议事规则）",
}


@dataclass(frozen=True)
class Bar:
    """One of the four tests, as data: part/whole against the share, with its article. `more` means strictly more than."""

    key: str
    article: str
    part: int
    whole: int
    share: Fraction
    more: bool

    @property
    def met(self) -> bool:
        """Whether it is reached, exactly; a part of nothing never is."""
        return (more_than if self.more else at_least)(self.part, self.whole, self.share)


@dataclass(frozen=True)
class Count:
    """One count: area and heads of the community, of those who took part, of each side; the four tests."""

    total_area: int
    total_heads: int
    area: Mapping[str, int]  # of each side; a split owner's area follows each unit
    heads: Mapping[str, int]  # of each side
    split_heads: int  # owners whose units said different things: they take part and are on no side
    bars: tuple[Bar, ...]

    @property
    def part_area(self) -> int:
        """The area that took part."""
        return sum(self.area.values())

    @property
    def part_heads(self) -> int:
        """The heads that took part."""
        return sum(self.heads.values()) + self.split_heads

    @property
    def quorum_met(self) -> bool:
        """Whether both tests of participation are met."""
        return self.bars[0].met and self.bars[1].met

    @property
    def passed(self) -> bool:
        """Whether all four tests are met."""
        return all(bar.met for bar in self.bars)


@dataclass(frozen=True)
class LeftOut:
    """A ballot that doesn't count, for one unit or ("") altogether, and why: a key of LEFT_OUT."""

    seq: int
    unit: str
    why: str


@dataclass(frozen=True)
class Result:
    """Both counts: `strict` of the ballots that came back, `deemed` with the silent ones where a clause says so; which one decides."""

    strict: Count
    deemed: Count | None
    side: str  # what the silent were taken to have said; "" for nothing
    left_out: tuple[LeftOut, ...]

    @property
    def decisive(self) -> Count:
        """The count that the rules of procedure adopt."""
        return self.deemed or self.strict


@dataclass(frozen=True)
class Consent:
    """The answer of Art. 279: every interested owner agrees, or it fails."""

    interested_heads: int
    consenting_heads: int
    left_out: tuple[LeftOut, ...]
    article: str = UNANIMITY

    @property
    def passed(self) -> bool:
        """Whether all agree; silence is no consent and a majority no defence (SPC Art. 10)."""
        return self.consenting_heads == self.interested_heads


def tally(vote: Vote) -> Result | Consent:
    """Count a vote. Uncountable for a unit twice, without an owner or without an area, and for a community without any area."""
    if vote.matter.unit:
        return _consent(vote)
    if vote.matter.item not in ITEMS:
        raise Uncountable("bad_item", str(vote.matter.item))
    roll = _Roll([unit for unit in _counted(vote) if not vote.building or unit.building == vote.building])
    if None in roll.areas:
        raise Uncountable("area_missing", roll.units[roll.areas.index(None)].id)
    if not any(roll.areas):
        raise Uncountable("zero_total_area")
    voices, left_out = _voices(vote, roll.units)
    strict = _count(vote.matter, roll, voices)
    if vote.rules.unreturned_delivered == "not_participating":
        return Result(strict, None, "", left_out)
    side = ABSTAIN if vote.rules.unreturned_delivered == "abstain" else _leading(strict, vote.rules.follow_floor)
    deemed = _count(vote.matter, roll, _with_silent(roll, voices, SIDES[side])) if side else strict
    return Result(strict, deemed, side, left_out)


def _consent(vote: Vote) -> Consent:
    """Art. 279: the other owners of the building, and those elsewhere who have shown an interest (SPC Art. 11), must all agree."""
    counted, also = {unit.id for unit in _counted(vote)}, set(vote.matter.also_interested)
    applicant = next((unit for unit in vote.units if unit.id == vote.matter.unit), None)
    if applicant is None:
        raise Uncountable("unit_unknown", vote.matter.unit)
    if unknown := also - {unit.id for unit in vote.units} - {owner for unit in vote.units for owner in unit.owners}:
        raise Uncountable("interested_unknown", ", ".join(sorted(unknown)))
    near = [
        unit for unit in vote.units
        if (unit.building == applicant.building and unit.id in counted) or unit.id in also or also.intersection(unit.owners)
    ]  # fmt: skip
    roll = _Roll([unit for unit in near if set(unit.owners) != set(applicant.owners)])
    voices, left_out = _voices(vote, roll.units)
    together = roll.together(voices)
    return Consent(roll.heads, sum(bits & ~SPOILT == SIDES[AGREE] for bits in together), left_out)


def _counted(vote: Vote) -> list[RollUnit]:
    """The units that have a vote at all: parking only where the rules of procedure say so (SPC Art. 2)."""
    if len({unit.id for unit in vote.units}) != len(vote.units):
        raise Uncountable("unit_twice")
    return [unit for unit in vote.units if unit.kind != "parking" or vote.rules.parking_counted]


class _Roll:
    """The community: its units, their areas, and for each the number of the head to which it belongs.

    All units of the same owners are one head, however many: one buyer, one developer (SPC Art. 9). Co-owners are one (274号 Art. 25(2)).
    """

    def __init__(self, units: Sequence[RollUnit]) -> None:
        self.units = units
        self.areas = [unit.area for unit in units]
        owners = [unit.owners if len(unit.owners) == 1 else tuple(sorted(set(unit.owners))) for unit in units]
        if () in owners:
            raise Uncountable("owner_missing", units[owners.index(())].id)
        number = {one: at for at, one in enumerate(dict.fromkeys(owners))}
        self.head_of = [number[one] for one in owners]
        self.heads = len(number)

    def together(self, voices: Sequence[int]) -> list[int]:
        """What the units of each head said, as bits."""
        bits = [0] * self.heads
        for head, voice in zip(self.head_of, voices, strict=True):
            bits[head] |= voice
        return bits


def _voices(vote: Vote, units: Sequence[RollUnit]) -> tuple[list[int], tuple[LeftOut, ...]]:
    """What each unit's ballots come to, as a bit, 0 where none came back; and what was left out, why."""
    by_id = {unit.id: unit for unit in units}
    rights = _Rights(vote, by_id)
    first: dict[str, tuple[str, Ballot]] = {}  # of each unit the first ballot, and in whose right it was cast
    further: dict[str, list[tuple[str, Ballot]]] = defaultdict(list)
    carried: dict[str, set[str]] = defaultdict(set)  # agent: the owners whose votes he brings
    left_out: list[LeftOut] = []
    for ballot in sorted(vote.ballots, key=attrgetter("t", "seq")):
        person, why = _speaks_as(ballot, vote)
        if why:
            left_out.append(LeftOut(ballot.seq, "", why))
            continue
        mine = []
        for name in rights.of(person) if ballot.units is None else set(ballot.units):
            unit = by_id.get(name)
            if unit is None:
                left_out.append(LeftOut(ballot.seq, name, "outside"))
            elif person in (unit.owners if unit.id not in rights.special else rights.voters(unit, ballot.t)):
                mine.append(name)
            elif ballot.units is not None:
                left_out.append(LeftOut(ballot.seq, name, "not_owner"))
        if mine and person != ballot.voter and vote.rules.proxy_limit is not None:
            if person not in carried[ballot.voter] and len(carried[ballot.voter]) >= vote.rules.proxy_limit:
                left_out.append(LeftOut(ballot.seq, "", "proxy_limit"))
                continue
            carried[ballot.voter].add(person)
        cast = (person, ballot)
        for name in mine:
            if name in first:
                further[name].append(cast)
            else:
                first[name] = cast
    stands = {
        name: cast[1].choice if name not in further and cast[1].choice != INVALID
        else _stands(by_id[name], [cast, *further.get(name, ())], rights, vote.rules, left_out)
        for name, cast in first.items()
    }  # fmt: skip
    return [0 if (side := stands.get(unit.id)) is None else SIDES.get(side, SPOILT) for unit in units], tuple(left_out)


def _speaks_as(ballot: Ballot, vote: Vote) -> tuple[str, str]:
    """In whose right a ballot is cast, or why it doesn't count."""
    person = ballot.proxy_for or ballot.voter
    if ballot.choice not in SIDES and ballot.choice != INVALID:
        raise Uncountable("bad_choice", ballot.choice)
    if not 0 <= ballot.t <= vote.close:
        return person, "late"
    if person in vote.guardians:
        return (ballot.voter, "") if vote.guardians[person] == ballot.voter else (person, "ward")
    if ballot.proxy_for and person != ballot.voter and not ballot.written:
        return person, "oral_proxy"
    return person, ""


class _Rights:
    """Who may vote for a unit at a moment: owners, or the one they named; a guardian for a ward; after a transfer the new owners."""

    def __init__(self, vote: Vote, units: Mapping[str, RollUnit]) -> None:
        self.guardians, self.units = vote.guardians, units
        self._mine: dict[str, list[str]] | None = None
        self.transfers: dict[str, list[Transfer]] = defaultdict(list)
        for transfer in sorted(vote.transfers, key=lambda one: one.t):
            self.transfers[transfer.unit].append(transfer)
        self.special = set(units) if vote.guardians else {name for name, unit in units.items() if unit.rep or name in self.transfers}

    def voters(self, unit: RollUnit, t: int) -> Sequence[str]:
        """Those who may vote for the unit at `t`. A representative was named by the owners of then and goes with them."""
        persons = (unit.rep,) if unit.rep else unit.owners
        for transfer in self.transfers.get(unit.id, ()):
            if transfer.t <= t:
                persons = transfer.to
        return [self.guardians.get(person, person) for person in persons] if self.guardians else persons

    def since(self, unit: RollUnit, person: str, t: int) -> int:
        """From when on the person who may vote for the unit at `t` may do so; 0 from the opening."""
        begun, before = 0, person in self.voters(unit, -1)
        for transfer in (one for one in self.transfers.get(unit.id, ()) if one.t <= t):
            after = person in self.voters(unit, transfer.t)
            if after and not before:
                begun = transfer.t
            before = after
        return begun

    def of(self, person: str) -> list[str]:
        """The units that the person may have a vote for at some moment."""
        if self._mine is None:
            self._mine = defaultdict(list)
            for unit in self.units.values():
                moments = [-1, *(transfer.t for transfer in self.transfers.get(unit.id, ()))]
                for one in dict.fromkeys(one for t in moments for one in self.voters(unit, t)):
                    self._mine[one].append(unit.id)
        return self._mine.get(person, [])


def _stands(unit: RollUnit, cast: Sequence[tuple[str, Ballot]], rights: _Rights, rules: Rules, left_out: list[LeftOut]) -> str:
    """What the ballots of one unit, in the order of their time, come to together.

    A spoilt ballot says nothing and counts only where there is no other. Who got the unit during the vote may vote if no valid ballot was
    cast for it before (Civil Code Art. 273(2): the right goes with the unit; a vote once cast stands). Of one person's ballots the last, or
    the first, counts (rules of procedure). One unit has one vote: co-owners who say different things spoil it (274号 Art. 25(2)).
    """
    spoilt = ABSTAIN if rules.invalid_ballot == "abstain" else INVALID
    valid = [(person, ballot) for person, ballot in cast if ballot.choice != INVALID]
    if not valid:
        return spoilt
    stands: dict[str, Ballot] = {}
    for person, ballot in valid:
        if unit.id in rights.transfers and rights.since(unit, person, ballot.t) > valid[0][1].t:
            left_out.append(LeftOut(ballot.seq, unit.id, "former_owner_voted"))
            continue
        if person in stands:
            superseded = ballot if rules.duplicate == "first_locks" else stands[person]
            left_out.append(LeftOut(superseded.seq, unit.id, "superseded"))
            if superseded is ballot:
                continue
        stands[person] = ballot
    choices = {ballot.choice for ballot in stands.values()}
    return choices.pop() if len(choices) == 1 else ABSTAIN if rules.co_owner_conflict == "abstain" else spoilt


def _count(matter: Matter, roll: _Roll, voices: Sequence[int]) -> Count:
    """Add up: area by unit, heads by owner. An abstention takes part and doesn't agree; neither does an owner whose units differ."""
    area_of = dict.fromkeys((0, *SIDES.values(), SPOILT), 0)
    for area, voice in zip(roll.areas, voices, strict=True):
        area_of[voice] += area or 0
    said = [bits & ~SPOILT for bits in roll.together(voices)]
    areas, heads = {side: area_of[bit] for side, bit in SIDES.items()}, {side: said.count(bit) for side, bit in SIDES.items()}
    total, part_area, part_heads = sum(area_of.values()), sum(areas.values()), roll.heads - said.count(0)
    share, more = (SPECIAL, False) if matter.item in SPECIAL_ITEMS else (ORDINARY, True)
    bars = (
        Bar("q_area", PARTICIPATION, part_area, total, QUORUM, False),
        Bar("q_heads", PARTICIPATION, part_heads, roll.heads, QUORUM, False),
        Bar("a_area", CONSENT, areas[AGREE], part_area, share, more),
        Bar("a_heads", CONSENT, heads[AGREE], part_heads, share, more),
    )
    return Count(total, roll.heads, areas, heads, part_heads - sum(heads.values()), bars)


def _leading(count: Count, floor: Fraction | None) -> str:
    """The side that leads alone in both cast area and cast heads, and is above the floor in both where there is one; else ""."""
    for side in SIDES:
        if all(side_of[side] > other for side_of in (count.area, count.heads) for name, other in side_of.items() if name != side):
            wholes = ((count.area[side], count.total_area), (count.heads[side], count.total_heads))
            return side if floor is None or all(more_than(part, whole, floor) for part, whole in wholes) else ""
    return ""


def _with_silent(roll: _Roll, voices: Sequence[int], side: int) -> list[int]:
    """The voices with those taken to have said `side`: served, not returned, of an owner who returned nothing at all (274号 Art. 26(2))."""
    returned = roll.together(voices)
    return [
        side if unit.served and not returned[head] else voice
        for unit, head, voice in zip(roll.units, roll.head_of, voices, strict=True)
    ]  # fmt: skip
