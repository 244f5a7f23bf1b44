"""Methods by key: read from the packs, checked, kept as versions so that a matter stays with the one it began with."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from functools import cache

from pydantic import ValidationError

from linzhi.flow.method import Method
from linzhi.flow.models import MethodVersion, PolicySnapshot
from linzhi.flow.validate import problems
from linzhi.foundation.access.actions import all_roles
from linzhi.foundation.commands.execution import all_commands
from linzhi.policy import resolve as policy
from linzhi.policy.load import packs
from linzhi.policy.methods import MethodFile, load_methods, methods_of


class MethodRefused(Exception):
    """A method in a pack that can't be run; `problems` lists why."""

    def __init__(self, key: str, found: list[str]) -> None:
        super().__init__(f"{key}: " + "; ".join(found))
        self.problems = found


@cache
def method(key: str) -> Method:
    """The method `pack/id` as the packs hold it now. Raises KeyError for an unknown key, MethodRefused for an unsound one."""
    file = load_methods()[key]
    loaded = parse(file)
    found = check(loaded)
    if found:
        raise MethodRefused(key, found)
    return loaded


def parse(file: MethodFile) -> Method:
    """A method file as a Method. Raises MethodRefused when its shape is wrong."""
    try:
        return Method.model_validate(json.loads(json.dumps(file.data, default=str)))
    except ValidationError as error:
        raise MethodRefused(file.id, [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]) from error


def check(loaded: Method) -> list[str]:
    """Whether the method's parts fit this installation's roles, commands and parameters."""
    parameters = {key: parameter.type for key, parameter in packs().parameters.items()}
    return problems(loaded, roles=all_roles(), acts=all_commands(), parameters=parameters)


def key_for(pack: str, id_or_key: str) -> str:
    """The full key of a method for a place with `pack`: `request` finds the nearest pack that has one of the name."""
    if "/" in id_or_key:
        return id_or_key
    return methods_of(pack)[id_or_key].id




def current_version(key: str, at: datetime) -> tuple[Method, int]:
    """The method and the id of the stored version a matter that begins now will keep."""
    loaded = method(key)
    digest = load_methods()[key].digest
    found = MethodVersion.objects.filter(key=key, digest=digest).values_list("pk", flat=True).first()
    if found is None:
        defaults = {"title": loaded.title, "source": loaded.source, "body": loaded.model_dump(mode="json"), "first_used": at}
        found = MethodVersion.objects.get_or_create(key=key, digest=digest, defaults=defaults)[0].pk
    return loaded, found


@cache
def _of_version(version_id: int) -> Method:
    return Method.model_validate(MethodVersion.objects.get(pk=version_id).body)


def of_version(version_id: int) -> Method:
    """The method as it was when a matter began."""
    return _of_version(version_id)


def snapshot(loaded: Method, pack: str, on: date) -> PolicySnapshot:
    """Every parameter the method reads, resolved for a pack on a day; stored once per distinct content."""
    taken = policy.snapshot(sorted(loaded.parameters()), pack, on)
    body = {"pack": taken["pack"], "values": taken["values"]}
    digest = hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    row = PolicySnapshot.objects.filter(digest=digest).only("pk").first()
    if row is None:
        row, _made = PolicySnapshot.objects.get_or_create(digest=digest, defaults={"body": body})
    row.body = body
    return row
