"""How far a rule reaches: each scope answers for one object in Python and for a list in SQL, from one definition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

from linzhi.foundation.access.models import Grant
from linzhi.foundation.territory.paths import covers, within
from linzhi.kernel.actor import Actor

NOTHING = Q(pk__in=())


def value_of(obj: Any, field: str) -> Any:
    """Follow `a__b` through attributes; a missing link is None."""
    for part in field.split("__"):
        obj = getattr(obj, part, None)
        if obj is None:
            return None
    return obj


class Scope:
    """Base: `holds` for one object, `rows` for a list. `grants` are the actor's grants in the rule's role."""

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        raise NotImplementedError

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        raise NotImplementedError


@dataclass(frozen=True)
class Everywhere(Scope):
    """No limit by place or relation."""

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        return next(iter(grants), True)

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        return Q()


@dataclass(frozen=True)
class Within(Scope):
    """The object lies in a territory of the grant."""

    field: str = "path"

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        place = value_of(obj, self.field)
        if place is None:
            return False
        return next((grant for grant in grants if covers(grant.path, place)), False)

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        result = NOTHING
        for path in {grant.path for grant in grants}:
            result |= within(self.field, path)
        return result


@dataclass(frozen=True)
class OwnBody(Scope):
    """The object names the body in which the grant's post is held."""

    field: str

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        body = value_of(obj, self.field)
        return next((grant for grant in grants if body is not None and grant.body_id == body), False)

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        return Q(**{f"{self.field}__in": {grant.body_id for grant in grants if grant.body_id is not None}})


@dataclass(frozen=True)
class AmongBodies(Scope):
    """One of several bodies named by rows of another table is the grant's body.

    `model` is that table (`requests.Dispatch`) with `body_id`, and `link` its column that holds the object's key.
    """

    model: str
    link: str

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        held = {grant.body_id: grant for grant in grants if grant.body_id is not None}
        if not held or getattr(obj, "pk", None) is None:
            return False
        rows = self._rows().filter(**{self.link: obj.pk}, body_id__in=held).values_list("body_id", flat=True)
        return next((held[body] for body in rows), False)

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        bodies = {grant.body_id for grant in grants if grant.body_id is not None}
        return Q(pk__in=self._rows().filter(body_id__in=bodies).values(self.link)) if bodies else NOTHING

    def _rows(self) -> Any:
        return apps.get_model(self.model)._default_manager.all()


@dataclass(frozen=True)
class Mine(Scope):
    """The object names the actor's own account. Needs no grant."""

    field: str

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        return actor.account_id is not None and value_of(obj, self.field) == actor.account_id

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        return Q(**{self.field: actor.account_id}) if actor.account_id is not None else NOTHING


@dataclass(frozen=True)
class Where(Scope):
    """The object has a plain value: `Where("public", True)`. Needs no grant."""

    field: str
    value: Any

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        return value_of(obj, self.field) == self.value

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        return Q(**{self.field: self.value})


@dataclass(frozen=True)
class Both(Scope):
    """Two scopes at once."""

    one: Scope
    other: Scope

    def holds(self, actor: Actor, grants: Iterable[Grant], obj: Any) -> Grant | bool:
        kept = list(grants)
        one, other = self.one.holds(actor, kept, obj), self.other.holds(actor, kept, obj)
        # The grant is the basis, whichever of the two found it.
        return (one if isinstance(one, Grant) else other) if one and other else False

    def rows(self, actor: Actor, grants: Iterable[Grant]) -> Q:
        kept = list(grants)
        return self.one.rows(actor, kept) & self.other.rows(actor, kept)
