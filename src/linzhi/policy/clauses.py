"""The clauses of the documents that the packs rest on: what each asks of the platform, and what serves it.

Read from `clauses.yaml` of every pack. Not part of a pack's digest: no act relies on this table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints

from linzhi.policy.load import shipped, validated
from linzhi.policy.matter_types import table_in
from linzhi.policy.methods import load_methods
from linzhi.policy.pack import Cited, Pack, Packs
from linzhi.policy.problems import PacksRefused, Problem
from linzhi.policy.remembered import of_the_files
from linzhi.policy.schema import Key, Reference, Shut, Slug, Text
from linzhi.policy.yaml_lines import Document, Place, read

Tier = Literal["core", "standard", "light"]
Force = Literal["must", "in_principle", "should", "encouraged", "explore", "pilot", "reported", "recommended", "diagnosed"]
Kind = Literal[
    "registry", "rule", "people", "process", "matching", "meeting", "decision", "finance", "evaluation", "outreach", "space", "care",
    "disclosure", "device", "report",
]  # fmt: skip
ClauseId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-\d{2}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*([.:/][a-z][a-z0-9_-]*)*$")]
CHECKS = "checks"
"""The capability that a check of the packs brings by itself: a clause named by one no longer waits for it."""


class Served(Shut):
    """What serves a clause now. A parameter or a matter type is only a figure kept ready: alone it serves nothing yet."""

    parameters: list[Key] = []
    matters: list[Name] = []
    methods: list[Name] = []
    registers: list[Name] = []
    commands: list[Name] = []
    pages: list[Name] = []
    metrics: list[Name] = []

    @property
    def working(self) -> bool:
        """Whether something serves it that people use, and not only a figure that stands ready."""
        return bool(self.methods or self.registers or self.commands or self.pages or self.metrics)


class ClauseEntry(Shut):
    """One clause. `asks` is one sentence in our own words; `planned` names capabilities that are still to come."""

    id: ClauseId
    article: Reference
    title: Text
    tier: Tier
    kind: Kind
    force: Force
    asks: Text
    by: Served = Served()
    planned: list[Slug] = []


class ClauseFile(Shut):
    """`clauses.yaml`: the capabilities (once in all packs) and the clauses of the pack's own documents."""

    capabilities: dict[Slug, Text] = {}
    clauses: list[ClauseEntry] = Field(min_length=1)


@dataclass(frozen=True)
class Clause:
    """One clause as the program holds it. `checks` are the checks of the packs that name it; `planned` what is still to come."""

    id: str
    pack: str
    cited: Cited
    title: str
    tier: str
    kind: str
    force: str
    asks: str
    by: Served
    checks: tuple[str, ...]
    planned: tuple[str, ...]

    @property
    def state(self) -> str:
        """`in_place`, `partly` or `planned`."""
        if not self.planned:
            return "in_place"
        return "partly" if self.by.working or self.checks else "planned"


@dataclass(frozen=True)
class Ledger:
    """All clauses by id, in the order of the packs and files, and the capabilities still to come with their titles."""

    clauses: Mapping[str, Clause]
    capabilities: Mapping[str, str]


@of_the_files
def clauses() -> Ledger:
    """The clauses of the packs as shipped. Raises PacksRefused with every problem of the files."""
    ledger, problems = ledger_in(shipped())
    if problems:
        raise PacksRefused(tuple(problems))
    return ledger


def ledger_in(loaded: Packs) -> tuple[Ledger, list[Problem]]:
    """The clauses of some packs, and what is wrong with their files; a wrong clause is left out."""
    problems: list[Problem] = []
    files = [(pack, *read_file) for pack in loaded.by_name.values() if (read_file := _file(pack, problems))]
    capabilities: dict[str, str] = {}
    for _pack, document, file in files:
        for code, title in file.capabilities.items():
            if code in capabilities:
                problems.append(document.problem(("capabilities", code), _("能力“%(code)s”已在别处写过。") % {"code": code}))
            capabilities.setdefault(code, title)
    checks: dict[str, list[str]] = {}
    named = list(_named_by_checks(loaded))
    for _document, _place, clause, check in named:
        checks.setdefault(clause, []).append(check)
    found: dict[str, Clause] = {}
    methods = set(load_methods(loaded))
    for pack, document, file in files:
        known = _Known(loaded, pack, capabilities, methods)
        for number, entry in enumerate(file.clauses):
            place: Place = ("clauses", number)
            wrong = [document.problem((*place, part), message) for part, message in known.complaints(entry)]
            if entry.id in found:
                wrong.append(document.problem((*place, "id"), _("条款“%(id)s”重复。") % {"id": entry.id}))
            problems += wrong
            if not wrong:
                found[entry.id] = _clause(entry, pack, known, tuple(sorted(checks.get(entry.id, ()))))
    ids = {entry.id for _pack, _document, file in files for entry in file.clauses}
    for document, spot, clause, _check in named:
        if clause not in ids:
            problems.append(document.problem(spot, _("没有“%(id)s”这一条款。") % {"id": clause}))
    return Ledger(MappingProxyType(found), MappingProxyType(capabilities)), sorted(set(problems))


def _file(pack: Pack, problems: list[Problem]) -> tuple[Document, ClauseFile] | None:
    path = _folder(pack) / "clauses.yaml"
    if not path.is_file():
        return None
    document, found = read(path)
    problems += found
    file = document and validated(ClauseFile, document, document.data, (), problems)
    return (document, file) if document and file else None


def _folder(pack: Pack) -> Path:
    return pack.documents[0].path.parent  # its pack.yaml


def _named_by_checks(loaded: Packs) -> Iterator[tuple[Document, Place, str, str]]:
    """Which clause each check of the packs says that it serves: file, place in it, clause, check."""
    for pack in loaded.by_name.values():
        for path in sorted(_folder(pack).glob("checks/*.yaml")):
            document, _problems = read(path)  # whoever runs the checks complains about the rest of the file
            entries = document.data if document and isinstance(document.data, list) else ()
            for number, entry in enumerate(entries):
                named = entry.get("clauses") if isinstance(entry, dict) else None
                for index, clause in enumerate(named if isinstance(named, list) else ()):
                    assert document is not None
                    yield document, (number, "clauses", index), str(clause), str(entry.get("check", ""))


class _Known:
    """What the clauses of one pack may name."""

    def __init__(self, loaded: Packs, pack: Pack, capabilities: Mapping[str, str], methods: set[str]) -> None:
        chain = loaded.chain(pack.name)
        self.sources = {id: source for step in chain for id, source in step.sources.items()}
        self.parameters = loaded.parameters
        self.matters = table_in(pack.name, loaded)[0]
        self.capabilities = capabilities
        self.methods = methods

    def cited(self, entry: ClauseEntry) -> Cited | None:
        """The article it stands in, or None where the source doesn't have it."""
        id, article = entry.article.split("#", 1)
        source = self.sources.get(id)
        return Cited(source, article) if source and (not source.articles or article in source.articles) else None

    def complaints(self, entry: ClauseEntry) -> Iterator[tuple[str, str]]:
        """What is wrong with a clause: the part, and the sentence."""
        if self.cited(entry) is None:
            yield "article", _("没有登记过“%(article)s”这个出处。") % {"article": entry.article}
        if not entry.planned and not entry.by.working:
            yield "id", _("条款“%(id)s”既没有已经在用的（by），也没有写明待建的（planned）。") % {"id": entry.id}
        for what, names, known in (
            (_("参数"), entry.by.parameters, self.parameters),
            (_("事项类型"), entry.by.matters, self.matters),
            (_("工作方法"), entry.by.methods, self.methods),
        ):
            for name in names:
                if name not in known:
                    yield "by", _("没有“%(name)s”这个%(what)s。") % {"name": name, "what": what}
        for code in entry.planned:
            if code not in self.capabilities:
                yield "planned", _("没有登记过“%(code)s”这项能力。") % {"code": code}


def _clause(entry: ClauseEntry, pack: Pack, known: _Known, checks: tuple[str, ...]) -> Clause:
    cited = known.cited(entry)
    assert cited is not None
    planned = tuple(code for code in entry.planned if not (code == CHECKS and checks))
    return Clause(
        entry.id, pack.name, cited, entry.title, entry.tier, entry.kind, entry.force, entry.asks, entry.by, checks, planned
    )  # fmt: skip


def plain(clause: Clause, capabilities: Mapping[str, str]) -> dict[str, Any]:
    """A clause for JSON."""
    return {
        "id": clause.id,
        "pack": clause.pack,
        "source": clause.cited.plain(),
        "title": clause.title,
        "tier": clause.tier,
        "kind": clause.kind,
        "force": clause.force,
        "asks": clause.asks,
        "state": clause.state,
        "by": {**{what: names for what, names in clause.by.model_dump().items() if names}, "checks": list(clause.checks)},
        "planned": [{"code": code, "title": capabilities[code]} for code in clause.planned],
    }
