"""A YAML file of votes, read so that no area ever becomes a binary fraction."""

from __future__ import annotations

import re
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    """YAML in which 89.37 stays text, and only true and false are truth values: NO may be somebody's name."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in pairs if tag.rpartition(":")[2] in ("null", "int", "merge")]
    for letter, pairs in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def cases_in(text: str) -> tuple[list[Any], dict[str, Any]]:
    """The votes of a file and the rules that they begin with. ValueError for a file that isn't YAML, with the place, or isn't of votes."""
    try:
        said = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
    cases = said.get("cases") if isinstance(said, dict) else said
    if not isinstance(cases, list):
        raise ValueError("cases: ?")
    meta = said.get("meta") if isinstance(said, dict) else None
    defaults = meta.get("rule_defaults") if isinstance(meta, dict) else None
    return cases, defaults if isinstance(defaults, dict) else {}
