"""Reads of the log."""

from __future__ import annotations

from linzhi.foundation.audit.models import Entry


def history(subject: str) -> list[Entry]:
    """Every act on one subject, oldest first. The caller has already decided who may see the subject."""
    return list(Entry.objects.filter(subject=subject).order_by("pk"))
