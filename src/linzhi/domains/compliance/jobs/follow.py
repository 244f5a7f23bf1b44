"""Following the audit log: every command says where it changed something, so these places are evaluated anew.

It goes by the seals, which hold every entry once, also those that committed late.
"""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.compliance.commands import Evaluate, NoteFollowed, evaluate, note_followed
from linzhi.domains.compliance.models import Followed
from linzhi.foundation.audit.models import Entry, Link
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, SEGMENT, ancestors
from linzhi.kernel.actor import System

SYSTEM = System("compliance.follow")
COMMUNITY_LENGTH = COUNTY_LENGTH + 2 * SEGMENT
OWN = ("compliance.evaluate", "compliance.note_followed")


def follow(at: datetime) -> int:
    """Evaluate the communities in which something was sealed since the last run, and what lies above them; returns how many places."""
    last = Followed.objects.values_list("seal", flat=True).first() or 0
    entries = Link.objects.filter(seal_id__gt=last)
    newest = entries.order_by("-seal_id").values_list("seal_id", flat=True).first()
    changed = Entry.objects.filter(pk__in=entries.values("entry_id")).exclude(action__in=OWN)
    paths = {place[:COMMUNITY_LENGTH] for place in changed.values_list("place", flat=True).distinct() if len(place) >= COUNTY_LENGTH}
    if newest is None or not paths:
        return 0
    whole = {path for path in paths if not any(path != other and path.startswith(other) for other in paths)}
    above = {step for path in whole for step in ancestors(path)[:-1] if len(step) >= COUNTY_LENGTH}
    codes = dict(Territory.objects.filter(path__in=whole | above, end__isnull=True).values_list("path", "code"))
    for path in sorted(codes):
        evaluate(SYSTEM, Evaluate(place=codes[path], alone=path not in whole), at=at)
    note_followed(SYSTEM, NoteFollowed(seal=newest), at=at)
    return len(codes)
