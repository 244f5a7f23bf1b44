"""Only commands write. The few other places that write are called by commands, or are the machinery under them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from checks import Violation
from checks.source import dotted, is_test, package, python, relative

# file: why it may write
MACHINERY = {
    "foundation/commands/idempotency.py": "takes the key inside the command's transaction",
    "foundation/commands/rates.py": "counts attempts, also refused ones",
    "foundation/statements/rows.py": "one new row of any table, called inside commands only",
    "foundation/statements/many.py": "many new rows of any table, called inside commands only",
    "foundation/audit/journal.py": "the entry of every command",
    "foundation/audit/chain.py": "seals what is committed; never changes an entry",
    "foundation/outbox/delivery.py": "puts events in with the act and marks deliveries",
    "foundation/outbox/leases.py": "who runs a job now",
    "foundation/access/granting.py": "called by the commands of bodies only",
    "foundation/territory/growth.py": "called by the commands of places and by demo",
    "foundation/calendar/announcing.py": "called by the command that announces a year",
    "foundation/calendar/seed.py": "the first calendar, in a migration",
    "foundation/privacy/opening.py": "logs that a sealed value was opened",
    "foundation/privacy/rotation.py": "seals values anew; what they say stays as it is",
    "foundation/accounts/sessions.py": "the framework's own sessions",
    "foundation/accounts/tokens.py": "when a token was last used",
    "foundation/files/attachments.py": "called inside commands only",
    "foundation/sheets/marks.py": "watermark and trace of a chunk, in the transaction of the register's bulk command",
    "foundation/notify/sending.py": "called inside commands only",
    "foundation/notify/jobs.py": "marks what was sent and what was not",
    "flow/engine.py": "called inside commands only",
    "flow/tasks.py": "called by the engine",
    "flow/clocks.py": "called by the engine",
    "flow/library.py": "keeps the text of a method when the first matter begins with it",
}

ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "aupdate", "acreate", "asave", "adelete", "raw_save"}
QUERYSET = re.compile(r"\b(objects|_default_manager|_base_manager|filter|exclude|all|order_by|select_for_update)\b|(^|\.)rows?$")
SAVE_WORDS = {"update_fields", "force_insert", "force_update", "using"}
WRITING = r"INSERT INTO |UPDATE\s+\S+\s+SET |DELETE FROM |TRUNCATE |MERGE INTO |REPLACE INTO "
SQL = re.compile(rf"\s*({WRITING}|WITH\b.*\b(INSERT INTO|DELETE FROM) )", re.DOTALL)


def check(root: Path) -> Iterator[Violation]:
    """ORM writes and writing SQL outside commands/, migrations, tests and the machinery listed here."""
    for path, _, tree in python(root):
        if not path.is_relative_to(package(root)) or is_test(path):
            continue
        inside = path.relative_to(package(root))
        if {"commands", "migrations"} & set(inside.parts[:-1]) - {inside.parts[1] if inside.parts[0] == "foundation" else ""}:
            continue
        if inside.as_posix() in MACHINERY:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and (what := _writes(node, node.func)):
                yield Violation(relative(root, path), node.lineno, "writes", f"{what} outside a command")
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
                yield Violation(relative(root, path), node.lineno, "writes", "writing SQL outside a command")


def _writes(call: ast.Call, func: ast.Attribute) -> str:
    name, on = func.attr, dotted(func.value)
    keywords = {keyword.arg for keyword in call.keywords}
    if name in ALWAYS:
        return f"{on}.{name}()"
    if name == "save" and not call.args and keywords <= SAVE_WORDS and on != "super()" and not on.endswith("session"):
        return f"{on}.save()"
    if name == "create" and (QUERYSET.search(on) or (keywords and not call.args and on[:1].islower())):
        return f"{on}.create()"
    if name == "update" and keywords and not call.args and QUERYSET.search(on):
        return f"{on}.update()"
    if name == "delete" and not call.args and not keywords:
        return f"{on}.delete()"
    return ""
