"""Reads the packs' folder. One process reads it once; a mistake in any file refuses them all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from linzhi.policy import check
from linzhi.policy.folder import packs_folder
from linzhi.policy.pack import Cited, DatedValue, Pack, Packs, Parameter, Source
from linzhi.policy.problems import PacksRefused, Problem
from linzhi.policy.remembered import of_the_files, on_forget, turn
from linzhi.policy.schema import PackFile, ParameterEntry, SourceFile, ValueEntry
from linzhi.policy.values import parse
from linzhi.policy.wording import why
from linzhi.policy.yaml_lines import Document, Place, read

ROOMS = (
    "pack.yaml", "categories.yaml", "matter-types.yaml", "clauses.yaml", "parameters", "methods", "checks", "campaigns", "reports",
    "stories", "README.md",
)  # fmt: skip

OTHERS = ("methods/*.yaml", "checks/*.yaml", "campaigns/*.yaml", "categories.yaml", "matter-types.yaml")

Model = TypeVar("Model", bound=BaseModel)


_with_entered: Packs | None = None
"""The shipped packs and, below them, what this installation has entered itself; None while that is nothing."""


def packs() -> Packs:
    """The installation's packs: those of the files, and what was entered in the app (see `entered`). Raises PacksRefused."""
    return _with_entered or shipped()


def put_entered(loaded: Packs | None) -> None:
    """Let `packs` answer with this from now on; None for the shipped packs alone. Called by `entered` only."""
    global _with_entered
    _with_entered = loaded
    turn()


def _none_entered() -> None:
    global _with_entered
    _with_entered = None


on_forget(_none_entered)


@of_the_files
def shipped() -> Packs:
    """The packs of the files, read once per process. Raises PacksRefused with every problem."""
    loaded, problems = load(packs_folder())
    if fatal := tuple(problem for problem in problems if not problem.later):
        raise PacksRefused(fatal)
    return loaded


def load(folder: Path) -> tuple[Packs, list[Problem]]:
    """Read and check all packs below a folder; every problem is listed, in the order of files and lines."""
    problems: list[Problem] = []
    drafts = [draft for path in sorted(folder.glob("*/pack.yaml")) if (draft := _Draft.read(path, problems))]
    by_name = check.tree({draft.file.name: draft for draft in drafts}, problems)
    parameters = _declarations(by_name, problems)
    finished: dict[str, Pack] = {}
    for name, draft in by_name.items():  # parents first, so that their sources are there
        finished[name] = draft.finish(parameters, finished, problems)
    loaded = Packs(MappingProxyType(finished), MappingProxyType(parameters))
    problems += check.values(loaded)
    return loaded, sorted(set(problems))


def digest(name: str, loaded: Packs | None = None) -> str:
    """The SHA-256 of everything a place with this pack follows: its files and those of the packs above."""
    mark = hashlib.sha256()
    for pack in (loaded or packs()).chain(name):
        for document in pack.documents:
            mark.update(f"{pack.name} {document.path.name} {document.digest}\n".encode())
    return mark.hexdigest()


def validated(model: type[Model], document: Document, data: Any, at: Place, problems: list[Problem]) -> Model | None:
    """`data` as the model, or None with a problem for every wrong part."""
    try:
        return model.model_validate(data)
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            place: Place = (*at, *(part for part in error["loc"] if isinstance(part, int | str)))
            problems.append(document.problem(place, why(error["type"], error["msg"], place[len(at) :], error.get("ctx", {}))))
        return None


class _Draft:
    """A pack while it is being read: its files are valid one by one, not yet against each other."""

    def __init__(self, file: PackFile, document: Document) -> None:
        self.file = file
        self.document = document
        self.documents = [document]
        self.entries: list[tuple[Document, int, ParameterEntry]] = []

    @classmethod
    def read(cls, path: Path, problems: list[Problem]) -> _Draft | None:
        document, found = read(path)
        problems += found
        file = document and validated(PackFile, document, document.data, (), problems)
        if not document or not file:
            return None
        if file.name != path.parent.name:
            problems.append(document.problem(("name",), _("名称与文件夹“%(folder)s”不一致。") % {"folder": path.parent.name}))
        draft = cls(file, document)
        for stray in sorted(item for item in path.parent.iterdir() if item.name not in ROOMS):
            problems.append(Problem(stray, 1, _("政策包里没有这种文件或文件夹。")))
        for area in sorted((path.parent / "parameters").glob("*.yaml")):
            draft._read_area(area, problems)
        others = [other for pattern in OTHERS for other in path.parent.glob(pattern)]
        for other in sorted(others):
            document, found = read(other)
            problems += found
            if document:
                draft.documents.append(document)
        return draft

    def _read_area(self, path: Path, problems: list[Problem]) -> None:
        document, found = read(path)
        problems += found
        if document is None:
            return
        self.documents.append(document)
        if not isinstance(document.data, list):
            problems.append(document.problem((), _("这个文件应当是参数的列表。")))
            return
        for number, item in enumerate(document.data):
            entry = validated(ParameterEntry, document, item, (number,), problems)
            if entry:
                self.entries.append((document, number, entry))

    def finish(self, parameters: Mapping[str, Parameter], above: Mapping[str, Pack], problems: list[Problem]) -> Pack:
        """The pack, once the keys and the packs above are known."""
        file = self.file
        sources = {id: _source(id, item) for id, item in file.sources.items()}
        known = dict(sources)
        step = file.parent
        while step is not None:
            known = {**above[step].sources, **known}
            step = above[step].parent
        values: dict[str, list[DatedValue]] = {}
        for document, number, entry in self.entries:
            if (parameter := parameters.get(entry.key)) is None:
                continue
            for index, item in enumerate(entry.values):
                place: Place = (number, "values", index)
                if value := _dated(parameter, item, known, document, place, problems):
                    values.setdefault(entry.key, []).append(value)
        return Pack(
            file.name, file.level, file.title, file.parent, file.maintainer, file.fictional, tuple(file.division_codes), file.note or "",
            MappingProxyType(sources),
            MappingProxyType({key: tuple(sorted(items, key=lambda item: item.begin)) for key, items in values.items()}),
            tuple(self.documents),
        )  # fmt: skip


def _source(id: str, item: SourceFile) -> Source:
    return Source(
        id, item.title, item.issuer, item.kind, item.verified, item.number or "", item.issued, item.in_force, item.repealed,
        item.url or "", tuple(item.articles or ()), item.note or "",
    )  # fmt: skip


def _declarations(drafts: Mapping[str, _Draft], problems: list[Problem]) -> dict[str, Parameter]:
    """Every key's one description; a key described twice, or valued outside the reach of its description, is a problem."""
    parameters: dict[str, Parameter] = {}
    for name, draft in drafts.items():
        for document, number, entry in draft.entries:
            if not entry.declares:
                continue
            if entry.key in parameters:
                owner = parameters[entry.key].pack
                problems.append(document.problem((number, "key"), check.described_twice(entry.key, owner)))
                continue
            parameters[entry.key] = Parameter(
                entry.key, entry.title or "", entry.shape(), entry.unit or "", entry.override or "fixed",
                entry.default_local, entry.description or "", name,
            )  # fmt: skip
    for name, draft in drafts.items():
        reach = check.names_above(drafts, name)
        seen: set[str] = set()
        for document, number, entry in draft.entries:
            if entry.key not in parameters or parameters[entry.key].pack not in reach:
                problems.append(document.problem((number, "key"), check.unknown_key(entry.key, list(parameters))))
            elif entry.key in seen:
                problems.append(document.problem((number, "key"), _("参数“%(key)s”在本包里写了两处。") % {"key": entry.key}))
            seen.add(entry.key)
    return parameters


def _dated(
    parameter: Parameter, item: ValueEntry, known: Mapping[str, Source], document: Document, place: Place, problems: list[Problem]
) -> DatedValue | None:
    cited = None
    if item.source is not None:
        id, article = item.source.split("#", 1)
        if complaint := check.source_complaint(known.get(id), id, article, item):
            problems.append(document.problem((*place, "source"), complaint))
            return None
        cited = Cited(known[id], article)
    elif not parameter.default_local:
        message = _("“%(key)s”由文件规定，不能写成本地设定：请注明来源。") % {"key": parameter.key}
        problems.append(document.problem((*place, "local"), message))
        return None
    try:
        value = parse(parameter.shape, item.value)
    except ValueError as error:
        message = _("“%(key)s”的值不对：%(why)s。") % {"key": parameter.key, "why": error}
        problems.append(document.problem((*place, "value"), message))
        return None
    note = item.note or ""
    return DatedValue(value, item.begin, item.end, cited, item.local, item.entered, item.checked, note, document, place)
