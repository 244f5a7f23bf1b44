"""Background work of people."""

from __future__ import annotations

from datetime import datetime

from linzhi.domains.people.rules import SKILLS, SKILLS_FIELDS, SKILLS_TEXT, SKILLS_TITLE
from linzhi.foundation.consents.commands import PublishText, publish_text
from linzhi.foundation.consents.queries import current_text
from linzhi.kernel.actor import System


def ship_texts(at: datetime) -> int:
    """Publish the shipped text of consent to the directory of skills where none was ever published; returns how many texts."""
    if current_text(SKILLS, at) is not None:
        return 0
    text = PublishText(purpose=SKILLS, title=str(SKILLS_TITLE), text=str(SKILLS_TEXT), fields=SKILLS_FIELDS)
    publish_text(System("people.ship_texts"), text, at=at)
    return 1
