"""What every act on a request shares: its input, and how the request is loaded and locked."""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.requests import rules
from linzhi.domains.requests.models import Request
from linzhi.flow.engine import Words
from linzhi.flow.models import Matter
from linzhi.foundation.commands import Input, Private, SafeText
from linzhi.foundation.statements.kept import columns, fetch
from linzhi.kernel.refused import NotFound

SAY = 1000
NOTE = 1000


class OnRequest(Input):
    """An act on a request: `say` is public and goes to the reporter, `note` stays among staff.

    The words themselves are kept once, in the history; the audit log holds their digest.
    """

    request_id: int
    say: Annotated[SafeText, Private] = Field("", max_length=SAY)
    note: Annotated[SafeText, Private] = Field("", max_length=NOTE)

    @property
    def given(self) -> set[str]:
        """The names of the inputs that hold something."""
        return {name for name, value in self if value not in ("", None, ())}

    @property
    def words(self) -> Words:
        """The words for the history."""
        return Words(self.say, self.note)


class OnBody(OnRequest):
    """An act that names a body."""

    body_id: int


class ByReporter(OnRequest):
    """An act of the reporter: signed in, or with the request's status code."""

    code: Annotated[str, Private] = Field("", max_length=20)


def load(cmd: OnRequest) -> Request:
    """The request and its matter, both locked, so that neither is older than the lock. Raises NotFound."""
    found = fetch("requests.load", _locked, cmd.request_id)
    if not found:
        raise NotFound(_("没有这件诉求。"))
    row, cut = found[0], len(columns(Matter))
    matter = Matter.from_db(connection.alias, columns(Matter), row[:cut])
    request = Request.from_db(connection.alias, columns(Request), row[cut:])
    request.matter = matter
    return request


def _locked(request_id: int) -> QuerySet[Matter]:
    # A query of whole objects has the columns of the one, then those of the other.
    rows = Matter.objects.select_for_update(of=("self", "request"), no_key=True)
    return rows.select_related("request").filter(request__pk=request_id)


def load_by_reporter(cmd: ByReporter) -> Request:
    """As `load`; a right status code marks the request as opened by it."""
    request = load(cmd)
    request.opened_by_code = bool(cmd.code) and rules.code_fits(cmd.code, status_code_of(request))
    return request


def status_code_of(request: Request) -> str:
    """The request's status code."""
    return rules.status_code(bytes.fromhex(settings.DIGEST_KEY), request.county, request.number)


def reporter_too(request: Request) -> tuple[str, ...]:
    """The relation that a status code proves."""
    return ("reporter",) if request.opened_by_code else ()
