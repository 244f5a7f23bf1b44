"""Methods by key: read from the packs, checked, kept as versions so that a matter stays with the one it began with."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from linzhi.flow.lengths import Snapshot
from linzhi.flow.method import Method
from linzhi.flow.models import Matter, MethodVersion, PolicySnapshot
from linzhi.flow.validate import problems
from linzhi.foundation.access.actions import all_roles
from linzhi.foundation.commands.execution import all_commands
from linzhi.policy import resolve as policy
from linzhi.policy.load import packs
from linzhi.policy.methods import MethodFile, load_methods, methods_of
from linzhi.policy.pack import Packs
from linzhi.policy.problems import Problem
from linzhi.policy.remembered import remembered


class MethodRefused(Exception):
    """A method in a pack that can't be run; `problems` lists why."""

    def __init__(self, key: str, found: list[str]) -> None:
        super().__init__(f"{key}: " + "; ".join(found))
        self.problems = found


@cache
def _text(key: str) -> dict[str, Any]:
    return method(key).model_dump(mode="json")


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


def check(loaded: Method, given: Packs | None = None) -> list[str]:
    """Whether the method's parts fit this installation's roles and commands, and the parameters of the packs (or of those given)."""
    parameters = {key: parameter.type for key, parameter in (given or packs()).parameters.items()}
    return problems(loaded, roles=all_roles(), acts=all_commands(), parameters=parameters)


def problems_in(given: Packs) -> list[Problem]:
    """Every reason why a method of these packs can't be run, at the method's file."""
    found = []
    for file in load_methods(given).values():
        try:
            reasons = check(parse(file), given)
        except MethodRefused as refused:
            reasons = refused.problems
        found += [Problem(file.document.path, 1, reason) for reason in reasons]
    return found


def key_for(pack: str, id_or_key: str) -> str:
    """The full key of a method for a place with `pack`: `request` finds the nearest pack that has one of the name."""
    if "/" in id_or_key:
        return id_or_key
    return methods_of(pack)[id_or_key].id


_stored: set[str] = set()
"""Digests known to be in the database: added after commit, since what is rolled back isn't there."""


def _stored_once(model: type[MethodVersion] | type[PolicySnapshot], digest: str, defaults: dict[str, Any]) -> None:
    if digest in _stored:
        return
    if not model.objects.filter(pk=digest).exists():
        model.objects.get_or_create(digest=digest, defaults=defaults)
    transaction.on_commit(lambda: _stored.add(digest))


def _digest(*parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@remembered
def _version(key: str) -> str:
    return _digest(key, load_methods()[key].digest)


def current_version(key: str, at: datetime) -> tuple[Method, str]:
    """The method and the digest of the stored version that a matter which begins now will keep."""
    loaded, digest = method(key), _version(key)
    body = {"key": key, "title": loaded.title, "source": loaded.source, "body": _text(key), "first_used": at}
    _stored_once(MethodVersion, digest, body)
    return loaded, digest


@cache
def of_version(digest: str) -> Method:
    """The method as it was when a matter began."""
    return Method.model_validate(MethodVersion.objects.get(pk=digest).body)


def take_snapshot(loaded: Method, pack: str, on: date) -> str:
    """Resolve every parameter the method reads, for a pack on a day; stored once per distinct content. Returns its digest."""
    digest, body = _resolved(tuple(sorted(loaded.parameters())), pack, on)
    _stored_once(PolicySnapshot, digest, {"body": body})
    return digest


@remembered
def _resolved(keys: tuple[str, ...], pack: str, on: date) -> tuple[str, dict[str, Any]]:
    taken = policy.snapshot(keys, pack, on)
    body = {"pack": taken["pack"], "values": taken["values"]}
    return _digest(body), body


@cache
def _body(digest: str) -> dict[str, Any]:
    return dict(PolicySnapshot.objects.get(pk=digest).body)


def snapshot_of(matter: Matter) -> Snapshot:
    """The parameters that a matter relies on, as resolved on the day it began."""
    return Snapshot(_body(matter.snapshot_id), matter.facts)
