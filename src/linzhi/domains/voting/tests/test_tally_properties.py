"""What holds for every vote, whatever its ballots."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from linzhi.domains.voting.rules import verify
from linzhi.domains.voting.rules.export import export_of, pseudonymous, result_of
from linzhi.domains.voting.rules.tally import Consent, Result, tally
from linzhi.domains.voting.rules.vote import Ballot, Vote
from linzhi.domains.voting.tests.drawn import votes

MANY = settings(max_examples=100, deadline=None)


def result(vote: Vote) -> dict[str, object]:
    return result_of(tally(vote))


@MANY
@given(st.data())
def test_the_order_in_which_ballots_and_units_arrive_does_not_matter(data: st.DataObject) -> None:
    vote = data.draw(votes())
    shuffled = replace(vote, ballots=data.draw(st.permutations(vote.ballots)), units=data.draw(st.permutations(vote.units)))
    assert result(shuffled) == result(vote)


@MANY
@given(st.data())
def test_a_paper_copy_of_an_online_ballot_changes_nothing(data: st.DataObject) -> None:
    vote = data.draw(votes().filter(lambda one: bool(one.ballots)))
    copied = data.draw(st.sampled_from(vote.ballots))
    assert result(replace(vote, ballots=[*vote.ballots, copied])) == result(vote)


@MANY
@given(votes())
def test_a_paper_copy_entered_at_the_end_changes_nothing_where_the_owner_voted_once(vote: Vote) -> None:
    once: dict[str, Ballot] = {}
    for ballot in vote.ballots:
        if not ballot.proxy_for:
            once.setdefault(ballot.voter, ballot)
    vote = replace(vote, ballots=list(once.values()), transfers=())
    copies = [replace(one, t=max(one.t, vote.close), seq=100 + one.seq) for one in vote.ballots if 0 <= one.t <= vote.close]
    assert result(replace(vote, ballots=[*vote.ballots, *copies])) == result(vote)


@MANY
@given(votes())
def test_totals_never_exceed_the_roll(vote: Vote) -> None:
    found = tally(vote)
    if isinstance(found, Consent):
        assert 0 <= found.consenting_heads <= found.interested_heads <= len(vote.units)
        return
    for count in filter(None, (found.strict, found.deemed)):
        assert count.total_area <= sum(unit.area or 0 for unit in vote.units)
        assert count.total_heads <= len({frozenset(unit.owners) for unit in vote.units})
        assert 0 <= sum(count.area.values()) == count.part_area <= count.total_area
        assert 0 <= sum(count.heads.values()) <= count.part_heads <= count.total_heads


@MANY
@given(votes(art279=False), st.data())
def test_splitting_a_unit_of_one_owner_never_changes_heads_or_area(vote: Vote, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(vote.units))
    half = (unit.area or 0) // 2
    ids = {unit.id: (unit.id, "half")}
    split = replace(
        vote,
        units=[*(one for one in vote.units if one is not unit), replace(unit, area=unit.area - half), replace(unit, id="half", area=half)],
        ballots=[
            replace(one, units=one.units and tuple(new for name in one.units for new in ids.get(name, (name,)))) for one in vote.ballots
        ],
        transfers=[replace(one, unit=new) for one in vote.transfers for new in ids.get(one.unit, (one.unit,))],
    )
    assert result(split) == result(vote)


@MANY
@given(votes(art279=False))
def test_silence_only_ever_adds_to_who_takes_part_and_never_moves_a_returned_ballot(vote: Vote) -> None:
    found = tally(vote)
    assert isinstance(found, Result)
    if found.deemed is None:
        assert found.side == ""
        return
    for side, area in found.strict.area.items():
        assert found.deemed.area[side] >= area if side == found.side else found.deemed.area[side] == area
        assert found.deemed.heads[side] >= found.strict.heads[side]
    assert found.deemed.split_heads == found.strict.split_heads


@MANY
@given(votes())
def test_two_counters_written_apart_agree_on_every_vote(vote: Vote) -> None:
    numbers = iter(range(1000))
    export = export_of(vote, "drawn", key=b"k", salt=lambda: f"{next(numbers):032x}")
    assert verify.check(export) == []
    assert verify.recount(export) == result(vote)


@MANY
@given(votes())
def test_names_do_not_matter(vote: Vote) -> None:
    assert result(pseudonymous(vote, b"another key")) == result(vote)


@MANY
@given(votes(art279=False))
def test_every_test_is_the_fraction_it_says(vote: Vote) -> None:
    found = tally(vote)
    assert isinstance(found, Result)
    for bar in found.decisive.bars:
        share = Fraction(bar.part, bar.whole) if bar.whole else Fraction(-1)
        assert bar.met == (share > bar.share if bar.more else share >= bar.share)
