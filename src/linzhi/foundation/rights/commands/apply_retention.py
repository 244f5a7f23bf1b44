"""到期删除: one retention rule removes a batch of what is due."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.privacy import retention
from linzhi.foundation.privacy.fields import Sealed, SealedField
from linzhi.foundation.privacy.retention import Rule
from linzhi.foundation.rights.models import RetentionRun
from linzhi.foundation.rights.queries import due_rows, holds_in_force

BATCH = 2_000


class ApplyRetention(Input):
    """Which rule."""

    rule: str


@command("rights.apply_retention", on=lambda cmd: None)
def apply_retention(ctx: Context, cmd: ApplyRetention, subject: None) -> int:
    """Delete or empty up to `BATCH` rows that are due and under no hold; returns how many. Refused to everyone but the job."""
    rule = retention.rule(cmd.rule)
    wanted = list(due_rows(rule, ctx.at).order_by("pk").values_list("pk", flat=True)[:BATCH])
    rows = apps.get_model(rule.model)._base_manager.filter(pk__in=wanted)
    removed = _empty(rule, rows) if rule.clear else rows.delete() and len(wanted)
    run, _made = RetentionRun.objects.get_or_create(rule=rule.name, defaults={"at": ctx.at, "removed": 0})
    RetentionRun.objects.filter(pk=run.pk).update(at=ctx.at, removed=removed, total=F("total") + removed)
    ctx.note(removed=removed, held=holds_in_force(ctx.at))
    return removed


def _empty(rule: Rule, rows: models.QuerySet[Any]) -> int:
    values: dict[str, Any] = {}
    for name in rule.clear:
        column = rows.model._meta.get_field(name)
        values[name] = Sealed("", column.kind) if isinstance(column, SealedField) else None if column.null else ""
    return rows.update(**values)
