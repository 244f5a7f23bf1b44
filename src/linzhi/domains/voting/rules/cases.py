"""Votes written down in YAML, for whoever wants to try the count: docs/algorithms/tally.md, "Trying it"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from linzhi.domains.voting.rules.expressions import Expression, expression
from linzhi.domains.voting.rules.roll import KEPT_BY_DEVELOPER, area_from, area_of, area_words, decimal_places, owners_of
from linzhi.domains.voting.rules.tally import Consent, Result
from linzhi.domains.voting.rules.vote import INVALID, Ballot, Matter, RollUnit, Rules, Transfer, Uncountable, Vote
from linzhi.kernel.exact import parse_fraction

CAST_AT = 10  # when a ballot was cast that doesn't say
UNNAMED_DEVELOPER = "developer"
RETURNED = ("agree", "oppose", "abstain", INVALID)


@dataclass(frozen=True)
class Case:
    """One vote as written, and how many decimals its areas are shown with; None: as few as they need."""

    id: str
    vote: Vote
    shown: int | None


def read_case(case: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> Case:
    """Make a vote of a case. Uncountable with a code where the case says something that no vote says."""
    try:
        return _read(case, {**(defaults or {}), **(case.get("rules") or {})})
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise Uncountable("bad_case", f"{type(error).__name__}: {error}") from error
    except ValueError as error:
        if isinstance(error, Uncountable):
            raise
        raise Uncountable("bad_case", str(error)) from error


def answer(case: Case, result: Result | Consent) -> dict[str, Any]:
    """The figures of a count under the names that cases use: areas as text, heads as numbers, tests as true or false."""
    if isinstance(result, Consent):
        return {"interested_heads": result.interested_heads, "consenting_heads": result.consenting_heads, "passed": result.passed}
    return _figures(case, result, result.decisive)


def both_ways(case: Case, result: Result | Consent) -> dict[str, Any]:
    """The strict count, the one with the silent ones if a clause says so, the side they were taken to have, each test with its article."""
    if isinstance(result, Consent):
        return {"article": result.article, "left_out": [vars(one) for one in result.left_out]}
    return {
        "strict": _figures(case, result, result.strict),
        "deemed": _figures(case, result, result.deemed) if result.deemed else None,
        "deemed_side": result.side,
        "reasons": [
            {
                "test": bar.key,
                "article": bar.article,
                "part": bar.part,
                "whole": bar.whole,
                "share": str(bar.share),
                "more": bar.more,
                "met": bar.met,
            }
            for bar in result.decisive.bars
        ],
        "left_out": [vars(one) for one in result.left_out],
    }


def _figures(case: Case, result: Result, count: Any) -> dict[str, Any]:
    def words(area: int) -> str:
        text = area_words(area, case.vote.places)
        return text if case.shown is not None else text.rstrip("0").rstrip(".")

    return {
        "total_area": words(count.total_area),
        "total_heads": count.total_heads,
        "part_area": words(count.part_area),
        "part_heads": count.part_heads,
        "agree_area": words(count.area["agree"]),
        "agree_heads": count.heads["agree"],
        **{bar.key: bar.met for bar in count.bars},
        "quorum_met": count.quorum_met,
        "passed": count.passed,
    }


def _read(case: Mapping[str, Any], options: Mapping[str, Any]) -> Case:
    areas = [text for text in _areas(case) if text is not None]
    digits = max([decimal_places(text) for text in areas] + [2 if case.get("generate") else 0])
    places = max(digits, 2)
    units: list[RollUnit] = []
    ballots: list[Ballot] = []
    for unit, choice in (*_from_blocks(case, places), *_generated(case.get("generate") or {}, places)):
        units.append(unit)
        if choice in RETURNED:
            ballots.append(Ballot(unit.owners[0], (unit.id,), choice, CAST_AT, len(ballots)))
    units += [_unit(one, places) for one in case.get("units") or ()]
    for one in case.get("ballots") or ():
        ballots.append(_ballot(one, len(ballots)))
    scope = case.get("scope") or {}
    if set(scope) - {"building"}:
        raise Uncountable("bad_scope", ", ".join(map(str, scope)))
    closing = case.get("close", 100)
    vote = Vote(
        matter=_matter(case),
        units=units,
        ballots=ballots,
        rules=_rules(options),
        building=_text(scope.get("building")),
        transfers=[Transfer(_moment(one["t"]), _text(one["unit"]), _names(one["to"])) for one in case.get("transfers") or ()],
        guardians={_text(ward): _text(guardian) for ward, guardian in (case.get("guardians") or {}).items()},
        close=_moment(closing["t"] if isinstance(closing, Mapping) else closing),
        places=places,
    )
    return Case(_text(case.get("id")), vote, places if digits >= 2 else None)


def _matter(case: Mapping[str, Any]) -> Matter:
    matter = case["matter"]
    if "art279" not in matter:
        item = matter["item"]
        if isinstance(item, bool) or not isinstance(item, int):
            raise Uncountable("bad_item", str(item))
        return Matter(item=item)
    about = matter["art279"]
    also = about.get("also_interested") or matter.get("also_interested") or case.get("also_interested") or ()
    return Matter(unit=_text(about["unit"]), also_interested=_names(also))


def _rules(options: Mapping[str, Any]) -> Rules:
    known = {one.name for one in fields(Rules)}
    if unknown := set(options) - known:
        raise Uncountable("bad_rule", ", ".join(sorted(map(str, unknown))))
    given = dict(options)
    if given.get("follow_floor") is not None:
        given["follow_floor"] = parse_fraction(str(given["follow_floor"]))
    if given.get("proxy_limit") is not None:
        given["proxy_limit"] = _moment(given["proxy_limit"])
    if given.get("unreturned_delivered", "not_participating") != "not_participating":
        given.setdefault("clause", "as the case says")
    return Rules(**given)


def _areas(case: Mapping[str, Any]) -> Iterator[str | None]:
    for block in case.get("blocks") or ():
        yield _area_text(block.get("area"))
    for unit in case.get("units") or ():
        for key in ("area", "area_registered", "area_surveyed", "area_contract"):
            yield _area_text(unit.get(key))


def _from_blocks(case: Mapping[str, Any], places: int) -> Iterator[tuple[RollUnit, str]]:
    for number, block in enumerate(case.get("blocks") or (), 1):
        vote = _vote(block.get("vote", "unreturned"))
        holder = _names(block.get("holder") or block.get("developer"))
        if block.get("status") in KEPT_BY_DEVELOPER:
            holder = _names(block.get("developer")) or holder or (UNNAMED_DEVELOPER,)
        like = RollUnit(
            "", _area(block.get("area"), places), holder, "", _text(block.get("type")), _text(block.get("building")), vote != "undelivered"
        )
        for position in range(_moment(block["count"])):
            name = f"block {number}, unit {position + 1}"
            yield replace(like, id=name, owners=holder or (f"owner of {name}",)), vote


def _generated(generate: Mapping[str, Any], places: int) -> Iterator[tuple[RollUnit, str]]:
    if not generate:
        return
    area, owner = _choose(generate["area_cents"], number=True), _choose(generate.get("owner", "i"), number=True)
    vote = _choose(generate.get("vote") or [], number=False)
    scale = 10 ** (places - 2)
    for i in range(_moment(generate["n"])):
        said = _vote(vote(i) or "unreturned")
        yield RollUnit(f"unit {i}", area(i) * scale, (f"owner {owner(i)}",), served=said != "undelivered"), said


def _choose(said: Any, *, number: bool) -> Any:
    """A function of i from what is written: an expression or a word, or a list of [condition, that] of which the first true one holds."""

    def value(one: Any) -> Expression | Any:
        return expression(str(one)) if number else lambda _i: str(one)

    if not isinstance(said, list):
        return value(said)
    pairs = [(expression(str(condition)), value(one)) for condition, one in said]
    return lambda i: next((then(i) for condition, then in pairs if condition(i)), None)


def _unit(one: Mapping[str, Any], places: int) -> RollUnit:
    name, status, developer = _text(one["id"]), _text(one.get("status")), _text(one.get("developer"))
    if status in KEPT_BY_DEVELOPER and not developer and not one.get("owners"):
        developer = UNNAMED_DEVELOPER
    owners = owners_of(status, _names(one.get("owners") or one.get("owner")), developer, _names(one.get("buyer")))
    area = _area(one.get("area"), places)
    if area is None:
        area = area_of(*(_area(one.get(f"area_{source}"), places) for source in ("registered", "surveyed", "contract")))
    served = one.get("ballot_delivered", True)
    if not isinstance(served, bool):
        raise Uncountable("bad_case", "ballot_delivered is true or false")
    return RollUnit(
        name, area, owners or (f"owner of {name}",), _text(one.get("rep")), _text(one.get("type")), _text(one.get("building")), served
    )


def _ballot(one: Mapping[str, Any], number: int) -> Ballot:
    units = one.get("units", "all")
    written = one.get("written", True)
    return Ballot(
        voter=_text(one["voter"]),
        units=None if units == "all" else _names(units),
        choice=_text(one["choice"]),
        t=_moment(one.get("t", CAST_AT)),
        seq=number,
        proxy_for=_text(one.get("proxy_for")),
        written=bool(one.get("proxy_for")) and written is not False,
    )


def _vote(word: Any) -> str:
    if word not in (*RETURNED, "unreturned", "undelivered"):
        raise Uncountable("bad_choice", str(word))
    return str(word)


def _area(said: Any, places: int) -> int | None:
    text = _area_text(said)
    return None if text is None else area_from(text, places)


def _area_text(said: Any) -> str | None:
    if isinstance(said, bool | float):
        raise Uncountable("bad_case", f"an area is text such as '89.37', not {said!r}")
    return None if said is None or str(said).strip() == "" else str(said)


def _moment(said: Any) -> int:
    if isinstance(said, bool) or not isinstance(said, int):
        raise Uncountable("bad_case", f"{said!r} is not a whole number")
    return said


def _text(said: Any) -> str:
    return "" if said is None else str(said)


def _names(said: Any) -> tuple[str, ...]:
    if said is None:
        return ()
    many: Iterable[Any] = said if isinstance(said, Sequence) and not isinstance(said, str) else (said,)
    return tuple(str(one) for one in many)
