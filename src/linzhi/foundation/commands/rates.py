"""How often a source may come, counted for all processes: what nobody's act writes in an hour, and a program's calls in a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from linzhi.foundation.commands.models import Attempt
from linzhi.foundation.privacy.sealing import digest
from linzhi.kernel.refused import Refused

HOUR = timedelta(hours=1)

# One statement, since the ORM's get_or_create takes two and a savepoint.
_SPEND = """
INSERT INTO commands_attempt (source, act, at) VALUES (%s, %s, %s) ON CONFLICT (source, act) DO NOTHING
"""

# One row per source, counted up under its lock; the first call of another minute begins anew.
_TICK = """
INSERT INTO commands_meter (source, minute, calls) VALUES (%s, %s, 1)
ON CONFLICT (source) DO UPDATE SET
    calls = CASE WHEN commands_meter.minute = excluded.minute THEN commands_meter.calls + 1 ELSE 1 END, minute = excluded.minute
RETURNING calls
"""
MINUTE = 60


def tick(source: str, most: int, at: datetime) -> None:
    """Count one call of a known source in the minute of `at`. Refused (429, `retry_after` in seconds) beyond `most` calls."""
    seconds = int(at.timestamp())
    with connection.cursor() as cursor:
        cursor.execute(_TICK, [source, seconds // MINUTE])
        calls = cursor.fetchone()[0]
    if calls > most:
        message = _("这个令牌一分钟最多调用 %(most)d 次，已经用完。请等到下一分钟。") % {"most": most}
        raise Refused("rate.exceeded", message, status=429, retry_after=MINUTE - seconds % MINUTE, per_minute=most)


def spend(source: str, act: str, most: int, at: datetime, per: timedelta = HOUR) -> None:
    """Count one act of a source; the same act again (a repeat with its idempotency key) counts once.

    Source and act are kept as keyed digests, and no longer than `per`. Refused (429) beyond `most` acts in the last `per`.
    """
    mark = digest(f"rate:{source}")
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [mark, digest(f"act:{act}"), at])
        fresh = cursor.rowcount == 1
    if not fresh:
        return
    Attempt.objects.filter(at__lte=at - per).delete()
    if Attempt.objects.filter(source=mark, at__gt=at - per).count() > most:
        seconds = int(per.total_seconds())
        raise Refused("rate.exceeded", _("短时间里送得太多了，请过一会儿再试。事情紧急请直接打电话。"), status=429, retry_after=seconds)
