"""Take a program's key away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.accounts.models import ApiToken
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.refused import NotFound


class RevokeToken(Input):
    """Which token."""

    token_id: int


def _load(cmd: RevokeToken) -> ApiToken:
    token = ApiToken.objects.select_for_update().filter(pk=cmd.token_id).first()
    if token is None:
        raise NotFound(_("没有这个令牌。"))
    return token


@command("accounts.revoke_token", on=_load)
def revoke_token(ctx: Context, cmd: RevokeToken, token: ApiToken) -> ApiToken:
    """Revoke a token from this moment. Doing it twice changes nothing."""
    if token.revoked is None:
        token.revoked = ctx.at
        token.save(update_fields=["revoked"])
    return token
