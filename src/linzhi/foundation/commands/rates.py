"""How often somebody nobody knows may write: distinct acts of one source in a stretch of time, kept for all processes."""

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
