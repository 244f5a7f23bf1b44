"""Reads: what is due to be removed, one's own corrections and those to answer, and how the rules stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.retention import Rule
from linzhi.foundation.rights.models import Correction, Erasure, Hold, RetentionRun, holding
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotFound


def due_rows(rule: Rule, at: datetime) -> QuerySet[Any]:
    """The rows that a rule removes at a moment, without those under a legal hold; none of a rule that another job applies."""
    table = apps.get_model(rule.model)
    held = set(Hold.objects.filter(holding(at)).values_list("subject", flat=True))
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


def held_rows(label: str) -> list[int]:
    """The rows of a model (`requests.request`) whose legal hold nobody has lifted."""
    rows = Hold.objects.filter(end__isnull=True, subject__startswith=f"{label}:").values_list("subject", flat=True)
    return [int(subject.rpartition(":")[2]) for subject in rows]


def holds_in_force(at: datetime) -> int:
    """How many legal holds are in force."""
    return Hold.objects.filter(holding(at)).count()


def holds(powers: Powers, *, past: bool = False, most: int = 200) -> list[Hold]:
    """The legal holds in force that the asker may lift, the one that ends first on top; with `past` those that are over, newest first."""
    rows = Hold.objects.filter(powers.visible("rights.lift_hold"))
    if past:
        return list(rows.exclude(holding(powers.at)).order_by("-begin", "-pk")[:most])
    return list(rows.filter(holding(powers.at)).order_by(F("until").asc(nulls_last=True), "begin", "pk")[:most])


def hold(powers: Powers, pk: int) -> Hold:
    """One legal hold that the asker may lift. Raises NotFound."""
    found = Hold.objects.filter(powers.visible("rights.lift_hold"), pk=pk).first()
    if found is None:
        raise NotFound(_("没有这一条。"))
    return found


def erasures() -> int:
    """How many people were forgotten."""
    return Erasure.objects.count()
