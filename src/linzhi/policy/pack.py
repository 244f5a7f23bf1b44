"""Packs as the program holds them: read-only, with every value's origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from linzhi.policy.schema import Override
from linzhi.policy.values import Shape
from linzhi.policy.yaml_lines import Document, Place


@dataclass(frozen=True)
class Source:
    """A document that values are taken from."""

    id: str
    title: str
    issuer: str
    kind: str
    verified: bool
    number: str = ""
    issued: date | None = None
    in_force: date | None = None
    repealed: date | None = None
    url: str = ""
    articles: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Cited:
    """A place in a source: which document, which article or measure."""

    source: Source
    article: str

    @property
    def place(self) -> str:
        """Where in the document, as one writes it: 第 278 条 of a law, （4） for a directive's fourth measure."""
        if not self.article.isdigit():
            return self.article
        return f"第 {self.article} 条" if self.source.kind in ("law", "regulation") else f"（{self.article}）"

    @property
    def words(self) -> str:
        """The citation in words: the document and the place in it."""
        return f"《{self.source.title}》{self.place}"

    def plain(self) -> dict[str, Any]:
        """The citation for JSON and for a stored snapshot."""
        source = self.source
        return {
            "id": source.id,
            "title": source.title,
            "article": self.article,
            "number": source.number,
            "issuer": source.issuer,
            "date": source.issued.isoformat() if source.issued else "",
            "url": source.url,
            "verified": source.verified,
        }


@dataclass(frozen=True)
class DatedValue:
    """A value in force from `begin` until the day before `end`."""

    value: Any
    begin: date
    end: date | None
    cited: Cited | None
    local: bool
    entered: date
    checked: date | None
    note: str
    document: Document
    place: Place

    def covers(self, on: date) -> bool:
        """Whether it is in force on the day."""
        return self.begin <= on and (self.end is None or on < self.end)


@dataclass(frozen=True)
class Parameter:
    """What a key means, whichever pack gives its value."""

    key: str
    title: str
    shape: Shape
    unit: str
    override: Override
    default_local: bool
    description: str
    pack: str

    @property
    def type(self) -> str:
        """The type's name: int, limit, table ..."""
        return self.shape.type


@dataclass(frozen=True)
class Pack:
    """One jurisdiction's pack as loaded; `documents` are all its files.

    `repeats` names the shipped pack that this one repeats below entered values, whose methods keep their keys.
    """

    name: str
    level: str
    title: str
    parent: str | None
    maintainer: str
    fictional: bool
    division_codes: tuple[str, ...]
    note: str
    sources: Mapping[str, Source]
    values: Mapping[str, tuple[DatedValue, ...]]
    documents: tuple[Document, ...]
    repeats: str = ""


@dataclass(frozen=True)
class Packs:
    """All packs of an installation."""

    by_name: Mapping[str, Pack]
    parameters: Mapping[str, Parameter]

    def chain(self, name: str) -> tuple[Pack, ...]:
        """The packs from the nation down to `name`; raises KeyError for an unknown one."""
        line: list[Pack] = []
        step: str | None = name
        while step is not None:
            line.append(self.by_name[step])
            step = line[-1].parent
        return tuple(reversed(line))

    @cached_property
    def by_division(self) -> Mapping[str, str]:
        """Division code to the pack that begins to apply there."""
        return {code: pack.name for pack in self.by_name.values() for code in pack.division_codes}
