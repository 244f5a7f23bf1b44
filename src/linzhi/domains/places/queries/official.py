"""Official division codes down to streets, as facts that ship with the product: `packs/divisions.csv.gz`, made by `scripts/divisions`."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from linzhi.policy.folder import packs_folder

LEVELS = {2: "province", 4: "city", 6: "county", 9: "street"}
FILE = "divisions.csv.gz"


@dataclass(frozen=True)
class Official:
    """A division as the official list has it; `line` are the names from the province down to it."""

    code: str
    name: str
    level: str
    line: tuple[str, ...]


@lru_cache(maxsize=1)
def _list() -> dict[str, str]:
    """Code (2, 4, 6 or 9 digits) to name. The first lines of the file begin with # and say where it comes from."""
    with gzip.open(packs_folder() / FILE, "rt", encoding="utf-8", newline="") as file:
        return dict(csv.reader(line for line in file if not line.startswith("#")))


@lru_cache(maxsize=1)
def source() -> str:
    """Where the list comes from and as of when, as its first lines say."""
    with gzip.open(packs_folder() / FILE, "rt", encoding="utf-8") as file:
        return " ".join(line.lstrip("# ").strip() for line in file if line.startswith("#"))


@lru_cache(maxsize=1)
def county_codes() -> frozenset[str]:
    """The six-digit codes of all counties that the list has, and of cities without any: what identity numbers begin with."""
    known = _list()
    counties = {code for code in known if len(code) == 6}
    above = {code[:4] for code in counties}
    return frozenset(counties | {f"{code}00" for code in known if len(code) == 4 and counties and code not in above})


def official(code: str) -> Official | None:
    """The division with an official code (320000 and 32 are the same), or None when the list doesn't have it."""
    short = shortened(code)
    known = _list()
    if short not in known:
        return None
    line = tuple(known[short[:length]] for length in LEVELS if length <= len(short) and short[:length] in known)
    return Official(short, known[short], LEVELS[len(short)], line)


def children(code: str) -> list[Official]:
    """The divisions that the list has directly below a code, by code; the provinces for an empty one."""
    short = shortened(code) if code else ""
    lengths = [length for length in LEVELS if length > len(short)]
    if not lengths:
        return []
    found = [known for known in _list() if len(known) == lengths[0] and known.startswith(short)]
    return [one for known in sorted(found) if (one := official(known)) is not None]


def doubts_about(level: str, code: str, name: str) -> list[str]:
    """What the official list says against a code and name, as sentences: warnings, since the list lags behind the law."""
    if level not in LEVELS.values() or not code[:2].isdigit() or not 11 <= int(code[:2]) <= 82:
        return []
    known = official(code)
    if known is None:
        return [_("官方区划清单里没有 %(code)s，请核对。") % {"code": code}] if covers_level(code) else []
    if known.name != name:
        return [_("官方区划清单里 %(code)s 是“%(name)s”，请核对名称。") % {"code": code, "name": known.name}]
    return []


def covers_level(code: str) -> bool:
    """Whether the list has anything of the level of a code below the same parent: else not finding it says nothing."""
    short = shortened(code)
    lengths = [length for length in LEVELS if length < len(short)]
    above = short[: lengths[-1]] if lengths else ""
    return any(len(known) == len(short) and known.startswith(above) for known in _list())


def shortened(code: str) -> str:
    """A code without the noughts that fill it up: 320000 as 32, 320800 as 3208."""
    if len(code) == 6 and code.endswith("0000"):
        return code[:2]
    if len(code) == 6 and code.endswith("00"):
        return code[:4]
    return code
