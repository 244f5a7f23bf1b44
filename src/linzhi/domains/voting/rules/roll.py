"""Who counts as the owner of a unit, and with which area: Supreme People's Court, 建筑物区分所有权司法解释 (2020), Art. 1, 8, 9."""

from __future__ import annotations

from collections.abc import Sequence

UNSOLD, SOLD_NOT_DELIVERED = "unsold", "sold_not_delivered"
KEPT_BY_DEVELOPER = frozenset({UNSOLD, SOLD_NOT_DELIVERED})


def area_of(registered: int | None, surveyed: int | None, contract: int | None) -> int | None:
    """The area that counts: as registered, else as surveyed, else as in the contract of sale (Art. 8); None where there is none."""
    return next((area for area in (registered, surveyed, contract) if area is not None), None)


def owners_of(status: str, owners: Sequence[str], developer: str, buyer: Sequence[str]) -> tuple[str, ...]:
    """Who votes for a unit.

    Unsold, or sold and not handed over: the developer, whoever has bought it (Art. 9). Handed over to a buyer who isn't registered yet: the
    buyer, who is in lawful possession (Art. 1). Otherwise the registered owners; a unit that names nobody but its developer is his.
    """
    if status in KEPT_BY_DEVELOPER:
        return (developer,) if developer else tuple(owners)
    if buyer and (not owners or tuple(owners) == (developer,)):
        return tuple(buyer)
    return tuple(owners) or ((developer,) if developer else ())


def decimal_places(text: str) -> int:
    """How many digits stand after the point of a written area: 0 for "100", 2 for "89.37"."""
    return len(text.strip().partition(".")[2])


def area_from(text: str, places: int) -> int:
    """A written area in whole units of 10^-places m², exactly: "89.37" with 2 is 8937. ValueError for anything else."""
    whole, point, rest = text.strip().partition(".")
    digits = whole + rest
    if not (digits.isascii() and digits.isdigit() and whole) or (point and not rest) or len(rest) > places:
        raise ValueError(f"{text!r} is not an area such as '89.37'")
    return int(digits) * 10 ** (places - len(rest))


def area_words(area: int, places: int) -> str:
    """The other way round: 8937 with 2 places is "89.37"."""
    whole, rest = divmod(area, 10**places)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)
