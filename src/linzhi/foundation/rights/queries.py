"""Reads: what is due to be removed, one's own corrections and those to answer, and how the rules stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.retention import Rule
from linzhi.foundation.rights.models import Correction, Erasure, Hold, RetentionRun
from linzhi.kernel.actor import Actor


def due_rows(rule: Rule, at: datetime) -> QuerySet[Any]:
    """The rows that a rule removes at a moment, without those under a legal hold; none of a rule that another job applies."""
    table = apps.get_model(rule.model)
    held = set(Hold.objects.filter(Q(begin__lte=at) & (Q(end__isnull=True) | Q(end__gt=at))).values_list("subject", flat=True))
    if rule.done_by or f"rule:{rule.name}" in held:
        return table._base_manager.none()
    label = f"{table._meta.label_lower}:"
    kept = [subject.removeprefix(label) for subject in held if subject.startswith(label)]
    rows = table._base_manager.filter(rule.due(rule.moment(at))).exclude(pk__in=kept)
    return table._base_manager.filter(pk__in=rows.values("pk"))


@dataclass(frozen=True)
class RuleStanding:
    """One rule with what it removed last."""

    rule: Rule
    run: RetentionRun | None


def rule_standings() -> list[RuleStanding]:
    """Every retention rule and its last removal."""
    runs = {run.rule: run for run in RetentionRun.objects.all()}
    return [RuleStanding(rule, runs.get(rule.name)) for rule in retention.rules()]


def own_corrections(actor: Actor) -> list[Correction]:
    """The actor's own corrections, newest first."""
    if actor.account_id is None:
        return []
    return list(Correction.objects.filter(account_id=actor.account_id).order_by("-asked_at", "-pk"))


def corrections(powers: Powers, *, answered: bool = False, most: int = 100) -> list[Correction]:
    """The corrections that the asker answers, the oldest first; with `answered` those that are done, the newest first."""
    rows = Correction.objects.filter(powers.visible("rights.read_correction"), answered_at__isnull=not answered)
    return list(rows.order_by("-answered_at" if answered else "asked_at", "pk")[:most])


def correction(powers: Powers, pk: int) -> Correction | None:
    """One correction that the asker may answer, or None."""
    return Correction.objects.filter(powers.visible("rights.read_correction"), pk=pk).first()


def holds() -> list[Hold]:
    """The legal holds in force, oldest first. The caller has decided who may see them."""
    return list(Hold.objects.filter(end__isnull=True).order_by("begin"))


def erasures() -> int:
    """How many people were forgotten."""
    return Erasure.objects.count()
