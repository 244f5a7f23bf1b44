"""Reads of notices. All of them are public."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from linzhi.domains.notices.models import Notice as Notice  # the row type is part of what higher domains may use
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.territory.paths import ancestors, covers, within


def notices_for(path: str, at: datetime, limit: int = 20) -> list[Notice]:
    """What hangs at a place at a moment: its own notices and those of the places above it, newest first; withdrawn ones are left out."""
    rows = Notice.objects.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at), path__in=ancestors(path), published_at__lte=at)
    return list(rows.select_related("by_body").order_by("-published_at", "-pk")[:limit])


def notices(powers: Powers, path: str, limit: int = 100) -> list[Notice]:
    """Every notice inside `path`, withdrawn ones too, newest first."""
    rows = Notice.objects.filter(powers.visible("notices.view_notice"), within("path", path), published_at__lte=powers.at)
    return list(rows.select_related("by_body").order_by("-published_at", "-pk")[:limit])


def notice(notice_id: int) -> Notice | None:
    """The notice with the body that published it, or None; a withdrawn one shows its reason instead of its text."""
    return Notice.objects.select_related("by_body").filter(pk=notice_id).first()


def reaches(notice: Notice, path: str) -> bool:
    """Whether the notice is meant for a place."""
    return covers(notice.path, path)
