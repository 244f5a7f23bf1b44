"""Deciding: one object with a reason, a list as a filter, and the whole argument for the explain page."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linzhi.foundation.access.actions import ANYONE, SIGNED_IN, Action, Rule, action_of, role_title
from linzhi.foundation.access.models import Grant
from linzhi.foundation.access.scopes import NOTHING
from linzhi.foundation.statements.kept import load
from linzhi.kernel.actor import Actor
from linzhi.kernel.decision import Decision, allow, deny


@dataclass(frozen=True)
class RuleVerdict:
    """What one rule says about one object, for the explain page."""

    rule: Rule
    holds: bool
    why: str


_kept: ContextVar[dict[int, list[Grant]] | None] = ContextVar("linzhi_kept_grants", default=None)


@contextmanager
def keeping_grants() -> Iterator[None]:
    """Load the grants of each account once for the whole block: for long runs in which nobody takes or leaves a post."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def _loaded(account_id: int, at: datetime) -> list[Grant]:
    def build(account_id: int, at: datetime) -> QuerySet[Grant, Any]:
        now = Q(begin__lte=at) & (Q(end__isnull=True) | Q(end__gt=at))
        return Grant.objects.filter(now, account_id=account_id)

    return load(Grant, "access.in_force", build, account_id, at)


def _in_force(account_id: int, at: datetime) -> list[Grant]:
    kept = _kept.get()
    if kept is None:
        return _loaded(account_id, at)
    if account_id not in kept:
        kept[account_id] = list(Grant.objects.filter(account_id=account_id))
    return [grant for grant in kept[account_id] if grant.begin <= at and (grant.end is None or grant.end > at)]


class Powers:
    """An actor's powers at one moment. Loads the grants once; make one per command or page."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self.actor = actor
        self.at = at
        self._grants: dict[str, list[Grant]] | None = None

    @property
    def grants(self) -> dict[str, list[Grant]]:
        """The grants in force, by role."""
        if self._grants is None:
            self._grants = {}
            if self.actor.account_id is not None:
                for grant in _in_force(self.actor.account_id, self.at):
                    self._grants.setdefault(grant.role, []).append(grant)
        return self._grants

    @property
    def key(self) -> Hashable:
        """Everything that `visible` depends on: two askers with the same key see the same lists."""
        held = sorted((role, grant.path, grant.body_id or 0) for role, grants in self.grants.items() for grant in grants)
        return self.actor, tuple(held)

    def has_role(self, *roles: str) -> bool:
        """Whether the actor holds any of the roles anywhere."""
        return any(role in self.grants for role in roles)

    def decide(self, code: str, obj: Any = None) -> Decision:
        """May the actor do this to the object? The reason is a sentence for the actor."""
        action = action_of(code)
        if not self.actor.may_use(code):
            return deny(_("这个程序的令牌没有“%(action)s”这一项。") % {"action": action.title}, "token")
        for rule in action.rules:
            grant = self._holds(rule, obj)
            if grant:
                return allow(_("可以"), self._basis(rule, grant), grant.body_id if isinstance(grant, Grant) else None)
        return deny(self._refusal(action))

    def visible(self, code: str) -> Q:
        """A filter for the objects on which the actor may do this."""
        result = NOTHING
        if not self.actor.may_use(code):
            return result
        for rule in action_of(code).rules:
            if not self._applies(rule):
                continue
            grants = self.grants.get(rule.role, [])
            rows = rule.scope.rows(self.actor, grants)
            for scope in rule.never:
                rows &= ~scope.rows(self.actor, self._all_grants())
            if rows == Q():
                return Q()
            result |= rows
        return result

    def explain(self, code: str, obj: Any = None) -> list[RuleVerdict]:
        """Every rule of the action with its verdict and why."""
        verdicts = []
        for rule in action_of(code).rules:
            if not self._applies(rule):
                verdicts.append(RuleVerdict(rule, False, _("没有“%(role)s”这个身份") % {"role": role_title(rule.role)}))
            elif self._holds(rule, obj):
                verdicts.append(RuleVerdict(rule, True, _("身份和范围都对得上")))
            elif any(scope.holds(self.actor, self._all_grants(), obj) for scope in rule.never):
                verdicts.append(RuleVerdict(rule, False, _("这件事涉及本单位，须回避")))
            else:
                verdicts.append(RuleVerdict(rule, False, _("不在这个身份的范围内")))
        return verdicts

    def _all_grants(self) -> list[Grant]:
        return [grant for grants in self.grants.values() for grant in grants]

    def _applies(self, rule: Rule) -> bool:
        if rule.role == ANYONE:
            return True
        if rule.role == SIGNED_IN:
            return self.actor.account_id is not None
        if rule.role.startswith("system:"):
            return self.actor.kind == "system" and rule.role == f"system:{self.actor.name}"
        return rule.role in self.grants

    def _holds(self, rule: Rule, obj: Any) -> Grant | bool:
        if not self._applies(rule):
            return False
        if any(scope.holds(self.actor, self._all_grants(), obj) for scope in rule.never):
            return False
        # No grant carries such a role, so none has to be loaded for it.
        general = rule.role in (ANYONE, SIGNED_IN) or rule.role.startswith("system:")
        return rule.scope.holds(self.actor, [] if general else self.grants.get(rule.role, []), obj)

    def _basis(self, rule: Rule, grant: Grant | bool) -> str:
        if isinstance(grant, Grant):
            return f"grant:{grant.pk} {rule.role} post:{grant.post_id} body:{grant.body_id}"
        return rule.role if rule.role != SIGNED_IN else f"{type(rule.scope).__name__.lower()}"

    def _refusal(self, action: Action) -> str:
        held = [rule for rule in action.rules if self._applies(rule)]
        if held:
            return _("“%(action)s”不在您的范围内，或者这件事不归您办。") % {"action": action.title}
        roles = [
            role_title(rule.role) for rule in action.rules if not rule.role.startswith("system:") and rule.role not in (ANYONE, SIGNED_IN)
        ]
        if self.actor.kind == "anonymous":
            return _("请先登录，再“%(action)s”。") % {"action": action.title}
        if not roles:
            return _("“%(action)s”只能由本人来做。") % {"action": action.title}
        return _("“%(action)s”要由%(roles)s来做。") % {"action": action.title, "roles": "、".join(dict.fromkeys(roles))}
