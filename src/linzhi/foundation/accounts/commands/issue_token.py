"""A key to the API for a program."""

from __future__ import annotations

from typing import Annotated

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _
from pydantic import AwareDatetime, Field

from linzhi.foundation.access.actions import all_actions
from linzhi.foundation.accounts import tokens
from linzhi.foundation.accounts.commands.inputs import DisplayName, load
from linzhi.foundation.accounts.models import Account, ApiToken
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.refused import Refused


class IssueToken(Input):
    """A token called `name` for the actions in `scopes` (`requests.report`, or a whole area: `requests.*`).

    `account_id` is an existing program's account, or None to make one; `per_minute` None leaves the rate to the setting.
    """

    name: DisplayName
    scopes: Annotated[tuple[str, ...], Field(min_length=1, max_length=50)]
    account_id: int | None = None
    expires: AwareDatetime | None = None
    per_minute: Annotated[int, Field(ge=1, le=60_000)] | None = None


def _load(cmd: IssueToken) -> Account | None:
    return load(cmd) if cmd.account_id is not None else None


@command("accounts.issue_token", on=_load)
def issue_token(ctx: Context, cmd: IssueToken, account: Account | None) -> ApiToken:
    """Make a token; its text is in `.text` of this answer and nowhere afterwards.

    Refused when the account isn't a program's or is closed, a scope doesn't exist, or it would expire in the past.
    """
    if account is not None and (account.kind != "app" or not account.active):
        raise Refused("accounts.not_app", _("令牌只能发给在用的程序账号。"), field="account_id")
    known = {action.code for action in all_actions()} | {f"{action.area}.*" for action in all_actions()}
    unknown = sorted(set(cmd.scopes) - known)
    if unknown:
        raise Refused("accounts.scope", _("没有这些权限项：%(codes)s。") % {"codes": "、".join(unknown)}, status=422, field="scopes")
    if cmd.expires is not None and cmd.expires <= ctx.at:
        raise Refused("accounts.expires", _("到期时间要晚于现在。"), status=422, field="expires")
    if account is None:
        account = Account.objects.create(kind="app", name=cmd.name, password=make_password(None), created=ctx.at)
    text = tokens.new_text()
    token = ApiToken.objects.create(
        account=account,
        name=cmd.name,
        scopes=sorted(set(cmd.scopes)),
        token_hash=tokens.digest_of(text),
        created=ctx.at,
        expires=cmd.expires,
        per_minute=cmd.per_minute,
    )
    token.text = text  # lives as long as this object
    return token
