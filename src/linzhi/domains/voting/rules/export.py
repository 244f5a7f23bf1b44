"""A vote as a file that anybody can count again: docs/algorithms/tally.md, "The export". The format is versioned; `verify` reads it."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from linzhi.domains.voting.rules.tally import ORDINARY, QUORUM, SPECIAL, SPECIAL_ITEMS, Consent, Count, Result, tally
from linzhi.domains.voting.rules.verify import FORMAT, RECEIPT, VERSION, above, commitment, digest, leaf, merkle_root
from linzhi.domains.voting.rules.vote import Ballot, RollUnit, Rules, Vote

PUBLIC = ("format", "version", "vote", "rules", "hashes", "commitments", "merkle_root", "result")


def export_of(vote: Vote, ident: str, *, key: bytes, salt: Callable[[], str]) -> dict[str, Any]:
    """The full file: rules, roll under pseudonyms made with `key`, what happened, salted ballots, list of commitments, result.

    For whoever may see named ballots, a court or its expert: with the key to the pseudonyms, or by the areas, it shows who voted how.
    `salt` gives a new secret for each ballot. Uncountable as in `tally`.
    """
    vote = pseudonymous(vote, key)
    ballots = [_ballot(ballot, salt()) for ballot in sorted(vote.ballots, key=lambda one: one.seq)]
    commitments = sorted(commitment(ident, row) for row in ballots)
    parts = {"rules": _rules(vote), "roll": _roll(vote), "proceedings": _proceedings(vote)}
    return {
        "format": FORMAT,
        "version": VERSION,
        "kind": "full",
        "vote": ident,
        **parts,
        "ballots": ballots,
        "commitments": commitments,
        "hashes": {name: digest(part) for name, part in parts.items()},
        "merkle_root": merkle_root(commitments),
        "result": result_of(tally(vote)),
    }


def public_form(export: Mapping[str, Any]) -> dict[str, Any]:
    """What may be put up for all: rules, hashes, commitments in an order that says nothing, root and result; no roll, no ballot."""
    return {**{name: export[name] for name in PUBLIC}, "kind": "public"}


def receipt_of(export: Mapping[str, Any], seq: int) -> dict[str, Any]:
    """The receipt of one ballot: what was cast, its salt, the path from its commitment to the root. StopIteration for no such ballot."""
    ballot = next(row for row in export["ballots"] if row["seq"] == seq)
    own = commitment(export["vote"], ballot)
    path = merkle_path(export["commitments"], own)
    return {"format": RECEIPT, "version": VERSION, "vote": export["vote"], **ballot, "commitment": own, "path": path}


def merkle_path(commitments: list[str], one: str) -> list[list[str]]:
    """The neighbours on the way from one commitment to the root, each with its side."""
    row, at, path = [leaf(each) for each in commitments], commitments.index(one), []
    while len(row) > 1:
        if (beside := at ^ 1) < len(row):
            path.append(["left" if beside < at else "right", row[beside].hex()])
        row, at = above(row), at // 2
    return path


def result_of(result: Result | Consent) -> dict[str, Any]:
    """A result as the file has it: areas in the roll's smallest unit."""
    if isinstance(result, Consent):
        return {"interested_heads": result.interested_heads, "consenting_heads": result.consenting_heads, "passed": result.passed}
    return {
        "strict": _count(result.strict),
        "deemed": _count(result.deemed) if result.deemed else None,
        "deemed_side": result.side,
        "passed": result.decisive.passed,
    }


def pseudonymous(vote: Vote, key: bytes) -> Vote:
    """The same vote with keyed digests for the names of persons, units and buildings. ValueError should two names meet in one digest."""
    given: dict[str, str] = {}

    def name(prefix: str, clear: str) -> str:
        if not clear:
            return ""
        found = given.get(prefix + clear)
        if found is None:
            found = given[prefix + clear] = prefix + hmac.new(key, (prefix + clear).encode(), sha256).hexdigest()[:16]
        return found

    def names(prefix: str, clear: Sequence[str]) -> tuple[str, ...]:
        return tuple(name(prefix, one) for one in clear)

    def unit(one: RollUnit) -> RollUnit:
        return replace(
            one, id=name("u", one.id), owners=names("p", one.owners), rep=name("p", one.rep), building=name("b", one.building)
        )  # fmt: skip

    def ballot(one: Ballot) -> Ballot:
        units = None if one.units is None else names("u", one.units)
        return replace(one, voter=name("p", one.voter), proxy_for=name("p", one.proxy_for), units=units)

    known = {one.id for one in vote.units}
    also = tuple(name("u" if one in known else "p", one) for one in vote.matter.also_interested)
    renamed = replace(
        vote,
        matter=replace(vote.matter, unit=name("u", vote.matter.unit), also_interested=also),
        units=[unit(one) for one in vote.units],
        ballots=[ballot(one) for one in vote.ballots],
        building=name("b", vote.building),
        transfers=[replace(one, unit=name("u", one.unit), to=names("p", one.to)) for one in vote.transfers],
        guardians={name("p", ward): name("p", guardian) for ward, guardian in vote.guardians.items()},
    )
    if len(set(given.values())) != len(given):
        raise ValueError("two names have the same pseudonym: take another key")
    return renamed


def _rules(vote: Vote) -> dict[str, Any]:
    rules: Rules = vote.rules
    matter = vote.matter
    return {
        "matter": {"art279": {"unit": matter.unit, "also_interested": list(matter.also_interested)}}
        if matter.unit
        else {"item": matter.item},
        "law": {"quorum": str(QUORUM), "special": str(SPECIAL), "special_items": sorted(SPECIAL_ITEMS), "ordinary": str(ORDINARY)},
        "options": {**vars(rules), "follow_floor": None if rules.follow_floor is None else str(rules.follow_floor)},
    }


def _roll(vote: Vote) -> dict[str, Any]:
    groups: dict[tuple[str, ...], list[RollUnit]] = defaultdict(list)
    for unit in vote.units:
        groups[tuple(sorted(set(unit.owners)))].append(unit)
    return {
        "places": vote.places,
        "building": vote.building,
        "guardians": dict(vote.guardians),
        "groups": [
            {
                "owners": list(owners),
                "heads": 1,
                "area": sum(unit.area or 0 for unit in units),
                "units": [_unit(unit) for unit in sorted(units, key=lambda one: one.id)],
            }
            for owners, units in sorted(groups.items())
        ],
    }


def _unit(unit: RollUnit) -> dict[str, Any]:
    more = {"kind": unit.kind, "building": unit.building, "rep": unit.rep}
    return {"id": unit.id, "area": unit.area, **{name: value for name, value in more.items() if value}}


def _proceedings(vote: Vote) -> dict[str, Any]:
    return {
        "close": vote.close,
        "served": sorted(unit.id for unit in vote.units if unit.served),
        "transfers": [{"t": one.t, "unit": one.unit, "to": list(one.to)} for one in vote.transfers],
    }


def _ballot(ballot: Ballot, salt: str) -> dict[str, Any]:
    units = None if ballot.units is None else list(ballot.units)
    proxy = {"proxy_for": ballot.proxy_for, "written": ballot.written} if ballot.proxy_for else {}
    return {"seq": ballot.seq, "t": ballot.t, "voter": ballot.voter, "units": units, "choice": ballot.choice, **proxy, "salt": salt}


def _count(count: Count) -> dict[str, Any]:
    sides = {f"{side}_{what}": of[side] for side in count.area for what, of in (("area", count.area), ("heads", count.heads))}
    return {
        "total_area": count.total_area,
        "total_heads": count.total_heads,
        "part_area": count.part_area,
        "part_heads": count.part_heads,
        **sides,
        "split_heads": count.split_heads,
        **{bar.key: bar.met for bar in count.bars},
        "quorum_met": count.quorum_met,
        "passed": count.passed,
    }
