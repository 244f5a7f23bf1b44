"""Every change to an account. Importing this package registers the commands."""

from linzhi.foundation.accounts.commands.accept_invitation import AcceptInvitation, accept_invitation
from linzhi.foundation.accounts.commands.change_password import ChangePassword, change_password
from linzhi.foundation.accounts.commands.deactivate import Deactivate, deactivate
from linzhi.foundation.accounts.commands.forget_email import ForgetEmail, forget_email
from linzhi.foundation.accounts.commands.forget_unverified import ForgetUnverified, forget_unverified
from linzhi.foundation.accounts.commands.invite import Invite, invite
from linzhi.foundation.accounts.commands.issue_token import IssueToken, issue_token
from linzhi.foundation.accounts.commands.link_email import LinkEmail, link_email
from linzhi.foundation.accounts.commands.link_phone import LinkPhone, link_phone
from linzhi.foundation.accounts.commands.reactivate import Reactivate, reactivate
from linzhi.foundation.accounts.commands.register import Register, register
from linzhi.foundation.accounts.commands.rename import Rename, rename
from linzhi.foundation.accounts.commands.reset_second_factor import ResetSecondFactor, reset_second_factor
from linzhi.foundation.accounts.commands.revoke_token import RevokeToken, revoke_token
from linzhi.foundation.accounts.commands.send_link import SendLink, send_link
from linzhi.foundation.accounts.commands.sign_out_everywhere import SignOutEverywhere, sign_out_everywhere
from linzhi.foundation.accounts.commands.sign_up import SignUp, sign_up

__all__ = [
    "AcceptInvitation", "ChangePassword", "Deactivate", "ForgetEmail", "ForgetUnverified", "Invite", "IssueToken", "LinkEmail", "LinkPhone",
    "Reactivate", "Register", "Rename", "ResetSecondFactor", "RevokeToken", "SendLink", "SignOutEverywhere", "SignUp",
    "accept_invitation", "change_password", "deactivate", "forget_email", "forget_unverified", "invite", "issue_token", "link_email",
    "link_phone", "reactivate", "register", "rename", "reset_second_factor", "revoke_token", "send_link", "sign_out_everywhere", "sign_up",
]  # fmt: skip
