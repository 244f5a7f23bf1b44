"""Reads one YAML file into plain values and remembers the line of each.

Stricter than YAML: no floats (0.1 isn't a tenth), no duplicate keys, no anchors, no nulls, no times of day.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from yaml import AnchorToken, MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode, YAMLError, compose, scan

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # a machine without libyaml: the same, slower
    from yaml import SafeLoader  # type: ignore[assignment]

from linzhi.policy.problems import Problem

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One file: its values, the line of every part, and the SHA-256 of its text."""

    path: Path
    data: Any
    digest: str
    lines: dict[Place, int] = field(repr=False)

    def line(self, place: Place) -> int:
        """The line of a part, or of the nearest part around it."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return 1

    def problem(self, place: Place, message: str, *, later: bool = False) -> Problem:
        """A problem at a part of this file."""
        return Problem(self.path, self.line(place), message, later)


class _Loader(SafeLoader):
    """Knows the plain words of YAML 1.2 only: `no`, `on` and `1:30` are text."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}  # type: ignore[misc]


for _tag, _pattern, _firsts in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", "-+0123456789."),
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?", "0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_firsts))


def read(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read a file; what is not plain data comes back as problems, and no document if the text isn't YAML at all."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None, [Problem(path, 1, _("文件不是 UTF-8 编码。"))]
    try:
        node = compose(text, Loader=_Loader)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return None, [Problem(path, line, _("不是合法的 YAML：%(why)s。") % {"why": error.problem or error.context})]
    except YAMLError as error:
        return None, [Problem(path, 1, _("不是合法的 YAML：%(why)s。") % {"why": str(error).splitlines()[0]})]
    if node is None:
        return None, [Problem(path, 1, _("文件是空的。"))]
    builder = _Builder(path)
    if "&" in text:  # an alias needs an anchor; the nodes don't keep it
        for token in scan(text, Loader=_Loader):
            if isinstance(token, AnchorToken):
                builder.refuse(token.start_mark.line + 1, _("不支持锚点和引用，请把内容写全。"))
    data = builder.build(node, ())
    return Document(path, data, hashlib.sha256(text.encode()).hexdigest(), builder.lines), builder.problems


class _Builder:
    """Turns nodes into values; collects lines and problems on the way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.path, line, message))

    def build(self, node: Node, place: Place) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(place, line)
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.build(child, (*place, number)) for number, child in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return self._scalar(node, line)

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                self.refuse(line, _("键必须是文字。"))
                continue
            key = str(key_node.value)
            if key in values:
                self.refuse(line, _("键“%(key)s”重复。") % {"key": key})
                continue
            self.lines[(*place, key)] = line
            values[key] = self.build(value_node, (*place, key))
        return values

    def _scalar(self, node: ScalarNode, line: int) -> Any:
        tag = str(node.tag).rsplit(":", 1)[-1]
        text = str(node.value)
        if tag == "str":
            return text
        if tag == "int" and text.lstrip("+-").isdecimal():
            return int(text)
        if tag == "bool":
            return text.lower() == "true"
        if tag == "timestamp" and len(text) == 10:
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.refuse(line, _("没有“%(text)s”这一天。") % {"text": text})
                return date.min
        if tag == "float":
            self.refuse(line, _('不接受小数 %(text)s：请写成带引号的分数，例如 "1/10"。') % {"text": text})
            return text
        if tag == "null":
            self.refuse(line, _("值是空的：不适用时请删去这一行。"))
            return ""
        self.refuse(line, _("不接受“%(text)s”这种写法：需要文字时请加引号。") % {"text": text})
        return text
