"""报个事, sent: the number, the code for those without an account, and who answers by when."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linzhi.domains.requests import queries
from linzhi.domains.requests.commands.base import status_code_of
from linzhi.domains.requests.pages.case_story import promised
from linzhi.domains.requests.pages.report_draft import estate_of, find
from linzhi.domains.requests.pages.sight import remember
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of
from linzhi.web.render import page


def view(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """What became of a sent draft; only the session that wrote it sees this page."""
    draft = find(request, draft_id)
    if draft is None or draft.sent is None:
        raise NotFound(_("这一页找不到了。请用编号和查询码查进展。"))
    powers = powers_of(request)
    made = queries.sent(draft.sent)
    if made.reporter_id is not None and made.reporter_id != powers.actor.account_id or draft.who == "":
        return redirect("requests:case", made.pk)
    code = status_code_of(made) if made.reporter_id is None else ""
    if code:
        remember(request, made.pk, code, powers.at)
    context = {"made": made, "code": code, "promises": promised(made, powers.at), "estate": estate_of(draft.estate), "draft": draft}
    return page(request, "requests/report_sent.html", context)
