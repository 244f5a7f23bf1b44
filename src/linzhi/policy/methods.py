"""Hands the working methods in the packs to the engine, as written: what they mean is the engine's to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from linzhi.policy.load import packs
from linzhi.policy.pack import Pack, Packs
from linzhi.policy.remembered import remembered
from linzhi.policy.yaml_lines import Document


@dataclass(frozen=True)
class MethodFile:
    """One `methods/<name>.yaml`. `id` is `<pack>/<name>`; `digest` is the SHA-256 of its text, the version a matter keeps."""

    id: str
    name: str
    pack: str
    data: Any
    digest: str
    document: Document


def methods_in(pack: Pack) -> dict[str, MethodFile]:
    """The methods written in one pack, by name."""
    found = {}
    for document in pack.documents:
        if document.path.parent.name == "methods":
            name, owner = document.path.stem, pack.repeats or pack.name
            found[name] = MethodFile(f"{owner}/{name}", name, owner, document.data, document.digest, document)
    return found


def load_methods(loaded: Packs | None = None) -> dict[str, MethodFile]:
    """Every method of every pack, by id."""
    every = (loaded or packs()).by_name.values()
    return {method.id: method for pack in every for method in methods_in(pack).values()}


@remembered
def methods_of(pack: str) -> Mapping[str, MethodFile]:
    """The methods a place with this pack can use, by name: the nearest pack's where several have one of the name. Raises KeyError."""
    reachable: dict[str, MethodFile] = {}
    for step in packs().chain(pack):
        reachable |= methods_in(step)
    return MappingProxyType(reachable)
