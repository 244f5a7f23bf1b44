"""What changes the rules of a place: each approved by somebody else than who proposed it."""

from linzhi.policy.commands.approve_value import ApproveValue, approve_value
from linzhi.policy.commands.end_value import EndValue, end_value
from linzhi.policy.commands.propose_value import ProposeValue, propose_value
from linzhi.policy.commands.reject_value import RejectValue, reject_value
from linzhi.policy.commands.withdraw_value import WithdrawValue, withdraw_value

__all__ = [
    "ApproveValue", "EndValue", "ProposeValue", "RejectValue", "WithdrawValue",
    "approve_value", "end_value", "propose_value", "reject_value", "withdraw_value",
]  # fmt: skip
