"""Work that the timetable starts."""

from __future__ import annotations

from datetime import datetime, timedelta

from linzhi.foundation.files import blobs
from linzhi.foundation.files.commands import Discard, discard
from linzhi.foundation.files.models import StoredFile
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused

KEPT_FOR = timedelta(days=1)


def sweep_orphans(at: datetime) -> int:
    """Discard day-old uploads that nothing uses, then blobs a day old that no row has; returns how many blobs went.

    A blob is dated by its last writing, and every upload of the same content writes it again, so one in use is never taken.
    """
    for pk in list(StoredFile.objects.filter(subject="", public=False, created__lte=at - KEPT_FOR).values_list("pk", flat=True)):
        try:
            discard(System("files.sweep"), Discard(file_id=pk), at=at)
        except Refused:
            continue  # attached or gone in the meantime
    moment = (at - KEPT_FOR).timestamp()
    gone = 0
    for path in blobs.older_than(moment):
        sha256 = path.name.removesuffix(blobs.THUMB)
        if path.name.startswith(".draft-") or not StoredFile.objects.filter(sha256=sha256).exists():
            path.unlink(missing_ok=True)
            gone += not path.name.endswith(blobs.THUMB)
    return gone
