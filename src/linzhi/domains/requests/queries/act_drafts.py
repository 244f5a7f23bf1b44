"""What somebody has written for an act and not sent yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from linzhi.domains.requests.models import ActDraft, Request
from linzhi.foundation.access.powers import Powers


@dataclass(frozen=True)
class Written:
    """A draft: the fields by name as they were typed, and when it was kept."""

    words: dict[str, str]
    at: datetime


def drafts_of(powers: Powers, request: Request) -> dict[str, Written]:
    """The asker's own drafts on a request, by act. Nobody sees another's."""
    if powers.actor.account_id is None:
        return {}
    rows = ActDraft.objects.filter(request=request, account_id=powers.actor.account_id)
    return {row.act: Written(json.loads(row.words.open_value()), row.at) for row in rows}
