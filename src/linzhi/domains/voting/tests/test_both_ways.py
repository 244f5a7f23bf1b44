"""Both results, the reasons by article, and what was left out and why."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from linzhi.domains.voting.rules.roll import area_from, area_of, area_words, owners_of
from linzhi.domains.voting.rules.tally import LEFT_OUT, Consent, Result, tally
from linzhi.domains.voting.rules.vote import Ballot, Matter, RollUnit, Rules, Transfer, Uncountable, Vote

UNITS = [RollUnit(f"u{number}", 100, (f"o{number}",), served=number < 8) for number in range(10)]
CAST = [Ballot(f"o{number}", (f"u{number}",), "agree", 10, number) for number in range(4)]
VOTE = Vote(Matter(4), UNITS, CAST)


def counted(vote: Vote) -> Result:
    found = tally(vote)
    assert isinstance(found, Result)
    return found


def test_without_a_clause_nobody_silent_is_counted() -> None:
    found = counted(VOTE)
    assert (found.deemed, found.side) == (None, "")
    assert found.decisive is found.strict
    assert found.strict.part_heads == 4


def test_with_a_clause_both_results_stand_side_by_side_and_the_clause_decides() -> None:
    found = counted(replace(VOTE, rules=Rules("follow_majority", clause="议事规则第二十条")))
    assert (found.strict.part_heads, found.strict.passed) == (4, False)
    assert found.deemed is not None
    assert (found.deemed.part_heads, found.deemed.area["agree"], found.deemed.passed) == (8, 800, True)
    assert (found.side, found.decisive) == ("agree", found.deemed)


def test_silence_without_proof_of_service_is_never_counted() -> None:
    unserved = [replace(unit, served=False) for unit in UNITS]
    found = counted(replace(VOTE, units=unserved, rules=Rules("abstain", clause="议事规则第二十条")))
    assert found.deemed == found.strict


def test_counting_the_silent_needs_the_clause_that_says_so() -> None:
    with pytest.raises(Uncountable, match="clause_missing"):
        Rules("abstain")


def test_every_rule_of_procedure_has_a_default() -> None:
    assert {one.name: one.default for one in fields(Rules)} == {
        "unreturned_delivered": "not_participating", "follow_floor": None, "clause": "", "invalid_ballot": "not_participating",
        "co_owner_conflict": "invalid", "parking_counted": False, "duplicate": "last_wins", "proxy_limit": None,
    }  # fmt: skip


@pytest.mark.parametrize("item", range(1, 10))
def test_the_share_of_consent_goes_by_the_item(item: int) -> None:
    bars = counted(replace(VOTE, matter=Matter(item))).strict.bars
    special = item in (6, 7, 8)
    assert [(str(bar.share), bar.more) for bar in bars] == [("2/3", False)] * 2 + [("3/4", False) if special else ("1/2", True)] * 2
    assert all("第二百七十八条第二款" in bar.article for bar in bars)


def test_the_consent_of_neighbours_rests_on_its_own_article() -> None:
    found = tally(replace(VOTE, matter=Matter(unit="u0")))
    assert isinstance(found, Consent)
    assert found.article == "民法典第二百七十九条"
    assert (found.interested_heads, found.consenting_heads, found.passed) == (9, 3, False)


def test_each_ballot_left_out_says_why() -> None:
    more = [
        Ballot("o5", ("u5",), "agree", 101, 20),
        Ballot("o6", ("u5",), "agree", 10, 21),
        Ballot("p", ("u5",), "agree", 10, 22, proxy_for="o5"),
        Ballot("kid", ("u6",), "agree", 10, 23),
        Ballot("o3", ("u3",), "oppose", 11, 24),
        Ballot("new", ("u0",), "oppose", 60, 25),
        Ballot("o1", ("elsewhere",), "agree", 10, 26),
        Ballot("q", ("u7",), "agree", 10, 27, proxy_for="o7", written=True),
    ]
    vote = replace(
        VOTE,
        ballots=[*CAST, *more],
        guardians={"kid": "mum"},
        transfers=[Transfer(50, "u0", ("new",))],
        rules=Rules(proxy_limit=0),
    )
    found = {one.seq: one.why for one in counted(vote).left_out}
    assert found == {
        20: "late", 21: "not_owner", 22: "oral_proxy", 23: "ward", 3: "superseded", 25: "former_owner_voted", 26: "outside",
        27: "proxy_limit",
    }  # fmt: skip
    assert set(found.values()) == set(LEFT_OUT)


@pytest.mark.parametrize("bad", [("follow",), ("not_participating", None, "", "count")])
def test_a_rule_that_does_not_exist_is_refused(bad: tuple[str, ...]) -> None:
    with pytest.raises(Uncountable, match="bad_rule"):
        Rules(*bad)  # type: ignore[arg-type]


def test_a_unit_without_an_owner_or_area_stops_the_count() -> None:
    for change, code in (({"owners": ()}, "owner_missing"), ({"area": None}, "area_missing")):
        with pytest.raises(Uncountable, match=code):
            tally(replace(VOTE, units=[replace(UNITS[0], **change), *UNITS[1:]]))


def test_areas_are_read_and_written_exactly() -> None:
    assert (area_from("89.37", 2), area_from("100", 2), area_from("0.05", 2)) == (8937, 10000, 5)
    assert (area_words(318000, 2), area_words(7, 0), area_words(5, 2)) == ("3180.00", "7", "0.05")
    for text in ("", ".5", "5.", "-3", "1e3", "89.375", "８９"):
        with pytest.raises(ValueError, match="not an area"):
            area_from(text, 2)


def test_the_owner_and_the_area_that_the_court_takes() -> None:
    assert area_of(None, 5, 7) == 5
    assert area_of(0, 5, 7) == 0
    assert area_of(None, None, None) is None
    assert owners_of("sold_not_delivered", ("B",), "D", ("B",)) == ("D",)
    assert owners_of("delivered", (), "D", ("B",)) == ("B",)
    assert owners_of("delivered", ("D",), "D", ("B",)) == ("B",)
    assert owners_of("", ("A", "C"), "D", ()) == ("A", "C")


def test_the_example_of_the_document() -> None:
    developer = [RollUnit(f"d{number}", 100, ("developer",), served=True) for number in range(10)]
    wang = [RollUnit(f"w{number}", 100, ("wang",), served=True) for number in range(5)]
    others = [RollUnit(f"o{number}", 100, (f"o{number}",), served=number != 14) for number in range(15)]
    said = ["agree"] * 9 + ["oppose"] * 3 + ["abstain"]
    cast = [Ballot("wang", (f"w{number}",), "agree" if number < 3 else "oppose", 10, number) for number in range(5)]
    cast += [Ballot(f"o{number}", (f"o{number}",), choice, 10, 10 + number) for number, choice in enumerate(said)]
    rules = Rules("follow_majority", clause="议事规则第二十条")
    found = counted(Vote(Matter(4), [*developer, *wang, *others], cast, rules))
    strict, deemed = found.strict, found.deemed
    assert deemed is not None
    assert (strict.total_area, strict.total_heads, strict.part_area, strict.part_heads) == (3000, 17, 1800, 14)
    assert (strict.area["agree"], strict.area["oppose"], strict.heads["agree"], strict.heads["oppose"]) == (1200, 500, 9, 3)
    assert [bar.met for bar in strict.bars] == [False, True, True, True]
    assert (deemed.part_area, deemed.part_heads, deemed.area["agree"], deemed.heads["agree"]) == (2900, 16, 2300, 11)
    assert (strict.passed, deemed.passed, found.side) == (False, True, "agree")
