"""Every change of standings, findings and campaigns. Importing this package registers the commands."""

from linzhi.domains.compliance.commands.close_campaign import CloseCampaign, close_campaign
from linzhi.domains.compliance.commands.evaluate import Evaluate, Outcome, evaluate
from linzhi.domains.compliance.commands.excuse_finding import ExcuseFinding, excuse_finding
from linzhi.domains.compliance.commands.finish_department_task import FinishDepartmentTask, finish_department_task
from linzhi.domains.compliance.commands.link_leader import LinkLeader, link_leader
from linzhi.domains.compliance.commands.note_followed import NoteFollowed, note_followed
from linzhi.domains.compliance.commands.note_scheduling import NoteScheduling, note_scheduling
from linzhi.domains.compliance.commands.open_campaign import MilestoneRow, OpenCampaign, open_campaign
from linzhi.domains.compliance.commands.set_department_task import SetDepartmentTask, TaskRow, set_department_task
from linzhi.domains.compliance.commands.unlink_leader import UnlinkLeader, unlink_leader

__all__ = [
    "CloseCampaign",
    "Evaluate",
    "ExcuseFinding",
    "FinishDepartmentTask",
    "LinkLeader",
    "MilestoneRow",
    "NoteFollowed",
    "NoteScheduling",
    "OpenCampaign",
    "Outcome",
    "SetDepartmentTask",
    "TaskRow",
    "UnlinkLeader",
    "close_campaign",
    "evaluate",
    "excuse_finding",
    "finish_department_task",
    "link_leader",
    "note_followed",
    "note_scheduling",
    "open_campaign",
    "set_department_task",
    "unlink_leader",
]
