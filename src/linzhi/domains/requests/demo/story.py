"""What a kind of story is made of: the words of everybody who takes part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One kind of matter. `told` are pairs of title and text; {b} is a building (3幢), {u} a unit, {f} a floor.

    `to` is who does it: `property`, `community`, `grid` (on the spot), `desk` (answered by the community at once), or a competence
    of a department. `where` is which estates it fits: `any`, `tall`, `garage` (new ones with a garage), `old`. `months` is when it comes up
    (empty: all year); `weight` how often; `photo` the picture that goes with it.
    """

    category: str
    to: str
    told: tuple[tuple[str, str], ...]
    result: tuple[str, ...]
    progress: tuple[str, ...] = ()
    remark: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    grumble: tuple[str, ...] = ()
    unsolved: tuple[str, ...] = ()
    nature: str = "help"
    urgent: bool = False
    where: str = "any"
    months: tuple[int, ...] = ()
    weight: int = 3
    photo: str = ""
    public: bool = True


COLD = (11, 12, 1, 2, 3)
HOT = (5, 6, 7, 8, 9)
WET = (4, 5, 6, 7)
