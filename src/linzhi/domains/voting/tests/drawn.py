"""Votes drawn at random: few persons and units, so that everything that can meet does."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from linzhi.domains.voting.rules.vote import Ballot, Matter, RollUnit, Rules, Transfer, Vote

PERSONS = st.sampled_from("ABCDEF")
OWNERS = st.lists(PERSONS, min_size=1, max_size=3, unique=True).map(tuple)
CHOICES = st.sampled_from(["agree", "oppose", "abstain", "invalid"])
PRINCIPALS = st.sampled_from(["", "", "", "A", "B", "C"])
TIMES = st.integers(-1, 12)

RULES = st.builds(
    Rules,
    unreturned_delivered=st.sampled_from(["not_participating", "abstain", "follow_majority"]),
    follow_floor=st.sampled_from([None, Fraction(1, 2), Fraction(1, 3)]),
    clause=st.just("议事规则第二十条"),
    invalid_ballot=st.sampled_from(["not_participating", "abstain"]),
    co_owner_conflict=st.sampled_from(["invalid", "abstain"]),
    parking_counted=st.booleans(),
    duplicate=st.sampled_from(["last_wins", "first_locks"]),
    proxy_limit=st.sampled_from([None, 0, 1, 2]),
)


@st.composite
def votes(draw: st.DrawFn, ballots: int = 14, art279: bool = True) -> Vote:
    """A vote of two to eight units; each ballot has a place in time of its own. The first unit counts always, so that there is an area."""
    count = draw(st.integers(2, 8))
    units = []
    for number in range(count):
        owners = draw(OWNERS)
        units.append(
            RollUnit(
                f"u{number}",
                draw(st.integers(1, 6)),
                owners,
                draw(st.sampled_from(["", "", *owners])),
                "parking" if number and draw(st.integers(0, 4)) == 0 else "",
                "b1" if not number else draw(st.sampled_from(["b1", "b2"])),
                draw(st.booleans()),
            )
        )
    names = st.sampled_from([unit.id for unit in units])
    which = st.one_of(st.none(), st.lists(names, min_size=1, max_size=3, unique=True).map(tuple))
    cast = [
        Ballot(draw(PERSONS), draw(which), draw(CHOICES), draw(TIMES), number, draw(PRINCIPALS), draw(st.booleans()))
        for number in range(draw(st.integers(0, ballots)))
    ]
    transfers = [Transfer(number * 3 + 2, draw(names), draw(OWNERS)) for number in range(draw(st.integers(0, 2)))]
    item = Matter(item=draw(st.integers(1, 9)))
    about = Matter(unit="u0", also_interested=tuple(draw(st.lists(names, max_size=2, unique=True))))
    return Vote(
        matter=about if art279 and draw(st.integers(0, 5)) == 0 else item,
        units=units,
        ballots=cast,
        rules=draw(RULES),
        building=draw(st.sampled_from(["", "", "b1"])),
        transfers=transfers,
        guardians=draw(st.sampled_from([{}, {}, {"F": "A"}])),
        close=10,
    )
