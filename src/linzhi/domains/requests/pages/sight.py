"""How much of a request the one who looks may see: their own, by post, by its code, or the public version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from linzhi.domains.requests import queries, rules
from linzhi.domains.requests.commands.base import status_code_of
from linzhi.domains.requests.models import Request
from linzhi.flow import queries as flow
from linzhi.flow.method import Act
from linzhi.foundation.access.powers import Powers
from linzhi.kernel.refused import NotFound
from linzhi.web.asker import powers_of

OPENED = "opened_by_code"
GOOD_FOR = timedelta(hours=2)
REPORTERS = {
    "requests.confirm_solved", "requests.reject_result", "requests.rate", "requests.reopen", "requests.add_note", "requests.withdraw",
}  # fmt: skip


@dataclass(frozen=True)
class Sight:
    """A request and the eyes on it. `own`: the reporter, signed in or by the code; `full`: reads every word; else the public version."""

    request: Request
    powers: Powers
    full: bool
    own: bool
    code: str

    @property
    def acts(self) -> list[Act]:
        """What the reporter may do now; nothing for anybody else."""
        if not self.own or self.request.matter is None:
            return []
        found = flow.acts_for(self.powers, self.request.matter, frozenset({"reporter"}))
        return [act for act in found if act.act in REPORTERS]

    def may(self, act: str) -> bool:
        """Whether the reporter may do this now."""
        return any(one.act == act for one in self.acts)


def remember(request: HttpRequest, pk: int, code: str, at: datetime) -> None:
    """Let this session see a request by its code for two hours; the session is sealed at rest."""
    marks = dict(request.session.get(OPENED, {}))
    marks[str(pk)] = [code, at.isoformat()]
    request.session[OPENED] = dict(list(marks.items())[-5:])


def forget(request: HttpRequest) -> None:
    """Take every such mark away."""
    request.session.pop(OPENED, None)


def code_of(request: HttpRequest, pk: int, at: datetime) -> str:
    """The code by which this session opened a request lately, or an empty string."""
    code, since = request.session.get(OPENED, {}).get(str(pk), ("", ""))
    return str(code) if code and at - datetime.fromisoformat(since) < GOOD_FOR else ""


def sight_of(request: HttpRequest, pk: int) -> Sight:
    """The request as this visitor may see it. Raises NotFound when they may not even know of it."""
    powers = powers_of(request)
    code = code_of(request, pk, powers.at)
    if code:
        found = queries.sent(pk)
        if rules.code_fits(code, status_code_of(found)):
            found.opened_by_code = True
            return Sight(found, powers, full=True, own=True, code=code)
    try:
        found = queries.get(powers, pk)
    except NotFound:
        part = queries.sent(pk)
        if part.parent_id is not None and sight_of(request, part.parent_id).own:
            return Sight(part, powers, full=True, own=False, code="")
        return Sight(queries.get_public(powers, pk), powers, full=False, own=False, code="")
    own = found.reporter_id is not None and found.reporter_id == powers.actor.account_id
    return Sight(found, powers, full=True, own=own, code="")
