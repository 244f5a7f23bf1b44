"""先存着: what somebody has written for an act is kept until they send it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Annotated

from django.utils.translation import gettext as _

from linzhi.domains.requests.models import ActDraft, Request
from linzhi.foundation.commands import Context, Input, Private, command
from linzhi.foundation.privacy.fields import Sealed
from linzhi.kernel.refused import NotFound, Refused

KEPT = timedelta(days=30)
"""How long a draft waits for its writer."""
LONGEST = 6000
"""Characters of all fields of a draft together."""


class KeepDraft(Input):
    """The fields of the act's form by name, as they were typed. Without any, the draft is dropped."""

    request_id: int
    act: str
    words: Annotated[dict[str, str], Private] = {}


def _load(cmd: KeepDraft) -> Request:
    found = Request.objects.select_related("matter").filter(pk=cmd.request_id).first()
    if found is None:
        raise NotFound(_("没有这件诉求。"))
    return found


@command("requests.keep_draft", on=_load)
def keep_draft(ctx: Context, cmd: KeepDraft, request: Request) -> Request:
    """Keep what the actor wrote for an act, in place of what was kept before; nothing written drops it.

    Refused for more than 6000 characters. Drafts that nobody came back to for 30 days go at the same time.
    """
    words = {name: text for name, text in cmd.words.items() if text.strip()}
    if sum(len(text) for text in words.values()) > LONGEST:
        raise Refused("requests.draft_too_long", _("太长了，存不下。请分几次写，每次发一部分。"), status=422)
    ActDraft.objects.filter(at__lt=ctx.at - KEPT).delete()
    mine = ActDraft.objects.filter(request=request, account_id=ctx.actor.account, act=cmd.act)
    if not words:
        mine.delete()
        return request
    given = {"words": Sealed.of(json.dumps(words, ensure_ascii=False)), "at": ctx.at}
    ActDraft.objects.update_or_create(request=request, account_id=ctx.actor.account, act=cmd.act, defaults=given)
    return request
