"""One name everywhere: the command, its action, its file. An action that is no command is asked by a query or a page."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import is_test, package, python, relative

ASKING = {"visible", "decide", "explain", "may", "may_use", "allowed"}
Found = dict[str, tuple[Path, int]]


def check(root: Path) -> Iterator[Violation]:
    """Commands without an action or in a file of another name; actions nobody asks; questions about undeclared actions."""
    commands, declared, asked, said = _read(root)
    for code, (path, line) in sorted(commands.items()):
        if code not in declared:
            yield Violation(relative(root, path), line, "actions", f"{code} isn't declared in the access.py of its area")
        area, _, verb = code.partition(".")
        if path.stem != verb or path.parent.name != "commands" or path.parent.parent.name != area:
            yield Violation(relative(root, path), line, "actions", f"{code} belongs into {area}/commands/{verb}.py")
    for code, (path, line) in sorted(declared.items()):
        area = path.parent.name if path.stem == "access" else path.parent.parent.name
        if code.partition(".")[0] != area:
            yield Violation(relative(root, path), line, "actions", f"{code} is declared outside its area")
        if code not in commands and code not in asked and code not in said:
            yield Violation(relative(root, path), line, "actions", f"{code} is no command, and no query or page asks for it")
    for code, (path, line) in sorted(asked.items()):
        if code not in declared:
            yield Violation(relative(root, path), line, "actions", f"{code} is asked for but not declared")


def _read(root: Path) -> tuple[Found, Found, Found, set[str]]:
    """Commands, declared actions, codes that are asked for, and every other text that looks like one."""
    commands: Found = {}
    declared: Found = {}
    asked: Found = {}
    said: set[str] = set()
    for path, _, tree in python(root):
        if not path.is_relative_to(package(root)) or is_test(path):
            continue
        access = path.stem == "access" or path.parent.name == "access"
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (code := _code(node)):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name == "command":
                    commands[code] = (path, node.lineno)
                elif name == "Action":
                    declared[code] = (path, node.lineno)
                elif name in ASKING:
                    asked[code] = (path, node.lineno)
            if not access and isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
    return commands, declared, asked, said


def _code(call: ast.Call) -> str:
    """The first argument, if it is written as `area.verb`."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        area, dot, verb = first.value.partition(".")
        if dot and area.isidentifier() and verb.isidentifier():
            return first.value
    return ""
