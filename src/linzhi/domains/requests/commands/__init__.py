"""Every change of a request, one file each."""

from linzhi.domains.requests.commands.accept import Accept, accept
from linzhi.domains.requests.commands.add_note import AddNote, add_note
from linzhi.domains.requests.commands.add_remark import AddRemark, add_remark
from linzhi.domains.requests.commands.answer_rating import AnswerRating, answer_rating
from linzhi.domains.requests.commands.assign_finally import AssignFinally, assign_finally
from linzhi.domains.requests.commands.claim_beyond_power import ClaimBeyondPower, claim_beyond_power
from linzhi.domains.requests.commands.conclude import Conclude, conclude
from linzhi.domains.requests.commands.confirm_beyond_power import ConfirmBeyondPower, confirm_beyond_power
from linzhi.domains.requests.commands.confirm_solved import ConfirmSolved, confirm_solved
from linzhi.domains.requests.commands.decline import Decline, decline
from linzhi.domains.requests.commands.dispatch import Dispatch, dispatch
from linzhi.domains.requests.commands.escalate import Escalate, escalate
from linzhi.domains.requests.commands.export import Export, export
from linzhi.domains.requests.commands.finish_work import FinishWork, finish_work
from linzhi.domains.requests.commands.follow import Follow, follow
from linzhi.domains.requests.commands.follow_up import FollowUp, follow_up
from linzhi.domains.requests.commands.give_feedback import GiveFeedback, give_feedback
from linzhi.domains.requests.commands.grant_extension import GrantExtension, grant_extension
from linzhi.domains.requests.commands.hand_over import HandOver, hand_over
from linzhi.domains.requests.commands.handle_directly import HandleDirectly, handle_directly
from linzhi.domains.requests.commands.invite_joint import InviteJoint, invite_joint
from linzhi.domains.requests.commands.keep_draft import KeepDraft, keep_draft
from linzhi.domains.requests.commands.locate import Locate, locate
from linzhi.domains.requests.commands.mark_duplicate import MarkDuplicate, mark_duplicate
from linzhi.domains.requests.commands.rate import Rate, rate
from linzhi.domains.requests.commands.record import Record, record
from linzhi.domains.requests.commands.record_progress import RecordProgress, record_progress
from linzhi.domains.requests.commands.redo import Redo, redo
from linzhi.domains.requests.commands.refuse_extension import RefuseExtension, refuse_extension
from linzhi.domains.requests.commands.reject_beyond_power import RejectBeyondPower, reject_beyond_power
from linzhi.domains.requests.commands.reject_result import RejectResult, reject_result
from linzhi.domains.requests.commands.reopen import Reopen, reopen
from linzhi.domains.requests.commands.replay_reply import ReplayReply, replay_reply
from linzhi.domains.requests.commands.report import Report, report
from linzhi.domains.requests.commands.report_joint import ReportJoint, report_joint
from linzhi.domains.requests.commands.request_extension import RequestExtension, request_extension
from linzhi.domains.requests.commands.respond import Respond, respond
from linzhi.domains.requests.commands.resume import Resume, resume
from linzhi.domains.requests.commands.return_dispatch import ReturnDispatch, return_dispatch
from linzhi.domains.requests.commands.reveal_contact import RevealContact, reveal_contact
from linzhi.domains.requests.commands.send_back import SendBack, send_back
from linzhi.domains.requests.commands.sign import Sign, sign
from linzhi.domains.requests.commands.split import Split, split
from linzhi.domains.requests.commands.supervise import Supervise, supervise
from linzhi.domains.requests.commands.suspend import Suspend, suspend
from linzhi.domains.requests.commands.take_sheet import TakeSheet, take_sheet
from linzhi.domains.requests.commands.tell import Tell, tell
from linzhi.domains.requests.commands.verify import Verify, verify
from linzhi.domains.requests.commands.whistle import Whistle, whistle
from linzhi.domains.requests.commands.withdraw import Withdraw, withdraw

__all__ = [
    "Accept",
    "accept",
    "AddNote",
    "add_note",
    "AddRemark",
    "add_remark",
    "AnswerRating",
    "answer_rating",
    "AssignFinally",
    "assign_finally",
    "ClaimBeyondPower",
    "claim_beyond_power",
    "Conclude",
    "conclude",
    "ConfirmBeyondPower",
    "confirm_beyond_power",
    "ConfirmSolved",
    "confirm_solved",
    "Decline",
    "decline",
    "Dispatch",
    "dispatch",
    "Escalate",
    "escalate",
    "Export",
    "export",
    "FinishWork",
    "finish_work",
    "Follow",
    "follow",
    "FollowUp",
    "follow_up",
    "GiveFeedback",
    "give_feedback",
    "GrantExtension",
    "grant_extension",
    "HandOver",
    "hand_over",
    "HandleDirectly",
    "handle_directly",
    "InviteJoint",
    "invite_joint",
    "KeepDraft",
    "keep_draft",
    "Locate",
    "locate",
    "MarkDuplicate",
    "mark_duplicate",
    "Rate",
    "rate",
    "Record",
    "record",
    "RecordProgress",
    "record_progress",
    "Redo",
    "redo",
    "RefuseExtension",
    "refuse_extension",
    "RejectBeyondPower",
    "reject_beyond_power",
    "RejectResult",
    "reject_result",
    "Reopen",
    "reopen",
    "ReplayReply",
    "replay_reply",
    "Report",
    "report",
    "ReportJoint",
    "report_joint",
    "RequestExtension",
    "request_extension",
    "Respond",
    "respond",
    "Resume",
    "resume",
    "ReturnDispatch",
    "return_dispatch",
    "RevealContact",
    "reveal_contact",
    "SendBack",
    "send_back",
    "Sign",
    "sign",
    "Split",
    "split",
    "Supervise",
    "supervise",
    "Suspend",
    "suspend",
    "TakeSheet",
    "take_sheet",
    "Tell",
    "tell",
    "Verify",
    "verify",
    "Whistle",
    "whistle",
    "Withdraw",
    "withdraw",
]
