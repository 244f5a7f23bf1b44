"""Ending pauses (挂账) whose day has come."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from linzhi.domains.requests.commands import Resume, resume
from linzhi.flow.models import Pause
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused


def resume_due(at: datetime) -> int:
    """End every pause (挂账) whose day has come; returns how many. A pause ends late rather than never."""
    ended = 0
    due = Pause.objects.filter(end__isnull=True, until__lte=at, matter__subject_type="requests.request")
    for request_id in list(due.values_list("matter__subject_id", flat=True)[:500]):
        try:
            resume(System("requests.resume_due"), Resume(request_id=request_id, note=_("挂账到期，自动恢复计时")), at=at)
            ended += 1
        except Refused:
            continue
    return ended
