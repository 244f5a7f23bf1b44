"""Named figures about places, grids and bodies: declared by the domains that keep the rows, known here by name.

One definition serves checks, boards, reports and the API. A metric answers for many subjects at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet

Kind = Literal["count", "flag", "date", "word"]
Value = int | date | str | None
NEVER = date.min
"""The day of what has never happened; None is what can't be told."""


@dataclass(frozen=True)
class Scope:
    """What is asked: inside which place, on which day. `at` is the last moment of it that is known.

    `kept` holds what several figures of one reading need and find out once; a scope is made for one reading.
    """

    path: str
    on: date
    at: datetime
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Any, find: Callable[[], Any]) -> Any:
        """What `find` says, asked once for a key in this reading."""
        if key not in self.kept:
            self.kept[key] = find()
        return self.kept[key]


Rows = QuerySet[Any, Any] | Mapping[Any, Value]
Read = Callable[[Scope], Rows]


@dataclass(frozen=True)
class Subject:
    """A kind of thing that is checked. `rows` holds `key`, `ref`, `path`, `name`, `code` of those in force; `page` shows one."""

    name: str
    title: Any
    rows: Callable[[Scope], QuerySet[Any, Any]]
    page: str = ""


@dataclass(frozen=True)
class Metric:
    """One figure about one kind of subject.

    `formula` says in words what is counted, `needs` what is missing where it can't be told, `absent` the value of a subject that the
    rows don't name (None: it can't be told; for a day, 0: it never happened). `room` is `party` for what only the party line may see.
    Units are the reader's.
    """

    name: str
    subject: str
    title: Any
    kind: Kind
    unit: Any
    formula: Any
    needs: Any
    absent: int | None
    room: str
    read: Read


@dataclass(frozen=True)
class Offender:
    """One row that shouldn't be: which, where, in words without a person's name; `code` is the estate on whose page it is mended."""

    subject: str
    path: str
    words: str
    code: str = ""


@dataclass(frozen=True)
class Listing:
    """Rows of a register that shouldn't be so, for a check of the kind `none`. `needs` says what is missing where it can't be told.

    `read` is given what `source` answers for the scope, so that listings with one source look once; without a source, the scope itself.
    """

    name: str
    title: Any
    formula: Any
    needs: Any
    room: str
    read: Callable[[Any], Iterable[Offender]]
    source: Callable[[Scope], Any] | None = None


_subjects: dict[str, Subject] = {}
_metrics: dict[str, Metric] = {}
_listings: dict[str, Listing] = {}


def declare_subject(subject: Subject) -> None:
    """Make a kind of subject known; a name can be taken once."""
    _once(_subjects, subject.name, subject)


def metric(
    name: str, *, title: Any, formula: Any, needs: Any, kind: Kind = "count", unit: Any = "", absent: int | None = None, room: str = ""
) -> Callable[[Read], Read]:
    """Declare a figure: `estate.dwellings` is about estates. Refused when the name is taken."""

    def declare(read: Read) -> Read:
        _once(_metrics, name, Metric(name, name.split(".", 1)[0], title, kind, unit, formula, needs, absent, room, read))
        return read

    return declare


def listing(
    name: str, *, title: Any, formula: Any, needs: Any, room: str = "", source: Callable[[Scope], Any] | None = None
) -> Callable[[Any], Any]:
    """Declare a list of rows that shouldn't be. Refused when the name is taken."""

    def declare(read: Callable[[Any], Iterable[Offender]]) -> Callable[[Any], Iterable[Offender]]:
        _once(_listings, name, Listing(name, title, formula, needs, room, read, source))
        return read

    return declare


def _once(table: dict[str, Any], name: str, value: Any) -> None:
    if name in table and table[name] != value:
        raise ValueError(f"{name} is declared twice")
    table[name] = value


def offenders(wanted: Iterable[str], scope: Scope) -> Iterator[tuple[str, Offender]]:
    """What some listings find, with the listing's name; each source is asked once."""
    known: dict[Callable[[Scope], Any], Any] = {}
    for name in wanted:
        one = _listings[name]
        given: Any = scope
        if one.source is not None:
            if one.source not in known:
                known[one.source] = one.source(scope)
            given = known[one.source]
        for row in one.read(given):
            yield name, row


def subjects() -> Mapping[str, Subject]:
    """Every kind of subject, by name."""
    return _subjects


def metrics() -> Mapping[str, Metric]:
    """Every figure, by name."""
    return _metrics


def listings() -> Mapping[str, Listing]:
    """Every list of rows that shouldn't be, by name."""
    return _listings
