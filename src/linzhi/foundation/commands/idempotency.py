"""Keys that make a repeated act harmless, also when the repeats arrive at the same moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from linzhi.foundation.commands.inputs import Input
from linzhi.foundation.commands.models import IdempotencyRecord
from linzhi.foundation.privacy.sealing import digest
from linzhi.foundation.statements.planned import run
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import Refused

# ON CONFLICT DO NOTHING waits for a rival transaction and then tells by its row count who was first;
# both databases know the statement, the ORM doesn't give the count.
_CLAIM = """
INSERT INTO commands_idempotencyrecord (scope, key, action, digest, result_model, result_id, at)
VALUES (%s, %s, %s, %s, '', '', %s) ON CONFLICT (scope, key) DO NOTHING
"""
_KEEP = "UPDATE commands_idempotencyrecord SET result_model = %s, result_id = %s WHERE scope = %s AND key = %s"


def claim(actor: Actor, key: str, action: str, cmd: Input, at: datetime) -> tuple[tuple[str, str] | None, Any]:
    """Take the key. Returns (record, None) for the first, (None, earlier result) for a repeat.

    Refused when the key is over 80 characters or was used for something else.
    """
    if len(key) > 80:
        raise Refused("idempotency.key", _("幂等键太长，最多 80 个字符。"), status=422)
    # Keyed digests: the row stands beside what the act made, and mustn't tell who sent an anonymous report or what was private in it.
    scope, sent = digest(f"scope:{actor.key}"), digest(f"{action}\n{cmd.model_dump_json()}")
    with connection.cursor() as cursor:
        run(cursor, _CLAIM, [scope, key, action, sent, at])
        if cursor.rowcount == 1:
            return (scope, key), None
    record = IdempotencyRecord.objects.get(scope=scope, key=key)
    if record.digest != sent:
        raise Refused("idempotency.mismatch", _("同一个幂等键用在了不同的内容上。请换一个新的键再提交。"), status=422)
    if not record.result_model:
        return None, None
    return None, apps.get_model(record.result_model)._default_manager.get(pk=record.result_id)


def keep(record: tuple[str, str], result: Any) -> None:
    """Remember what the act made, so that a repeat can return it."""
    meta = getattr(result, "_meta", None)
    if meta is not None:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [meta.label_lower, str(result.pk), *record])
