"""What happened to campaigns and to what departments were asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from linzhi.foundation.outbox.events import Fact


@dataclass(frozen=True)
class CampaignOpened(Fact):
    """A campaign over a place has begun."""

    name: ClassVar[str] = "compliance.CampaignOpened"
    campaign_id: int
    path: str


@dataclass(frozen=True)
class DepartmentTaskSet(Fact):
    """A department was asked to do something by a day."""

    name: ClassVar[str] = "compliance.DepartmentTaskSet"
    task_id: int
    body_id: int
    path: str
