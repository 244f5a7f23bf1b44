"""Ways in: a report, a record on somebody's behalf, a hotline's row; and where a request stands, by its code."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from linzhi.domains.requests import queries
from linzhi.domains.requests.api import shapes
from linzhi.domains.requests.api.routes import router
from linzhi.domains.requests.commands import Record, Report, TakeSheet, record, report, take_sheet
from linzhi.domains.requests.commands.base import status_code_of
from linzhi.flow import queries as flow
from linzhi.foundation.commands import Input
from linzhi.web.api import REPEAT_KEY, Out, actor_of, body_of, given_in

# Whose uploads may be attached is known from the session, never from what is sent.
ReportBody = body_of(Report, "session_key")
RecordBody = body_of(Record, "session_key")


@router.post("/requests", response={201: shapes.ReportedOut}, operation_id="requests.report", summary="报个事")
def tell(request: HttpRequest, body: ReportBody, key: str | None = REPEAT_KEY) -> Status[shapes.ReportedOut]:  # type: ignore[valid-type]
    """A resident reports, with or without an account. Without one, the receipt has the status code that opens the request later."""
    session_key = (request.session.session_key or "") if actor_of(request).kind == "anonymous" else ""
    made = report(actor_of(request), Report(**(given_in(body) | {"session_key": session_key})), key=key)
    return Status(201, shapes.receipt(made, status_code_of(made) if made.reporter_id is None else None))


@router.post("/requests/record", response={201: shapes.ReportedOut}, operation_id="requests.record", summary="代为登记")
def write(request: HttpRequest, body: RecordBody, key: str | None = REPEAT_KEY) -> Status[shapes.ReportedOut]:  # type: ignore[valid-type]
    """Staff write down what somebody said. The status code is the resident's, so the receipt doesn't show it to staff."""
    return Status(201, shapes.receipt(record(actor_of(request), Record(**given_in(body)), key=key), None))


@router.post("/requests/sheets", response={201: shapes.StandingOut}, operation_id="requests.take_sheet", summary="收一件热线工单")
def take_sheet_of(request: HttpRequest, body: TakeSheet, key: str | None = REPEAT_KEY) -> Status[shapes.StandingOut]:
    """One row of a hotline; the same row again changes nothing, also without a key."""
    return Status(201, shapes.standing(take_sheet(actor_of(request), body, key=key)))


class Known(Input):
    """The number and the status code on a receipt. In the body, since addresses end up in logs."""

    number: str = Field(min_length=1, max_length=24)
    code: str = Field(min_length=1, max_length=20)


class StatusOut(Out):
    """A request as its reporter sees it by the code: where it stands, what is promised, what was said to them."""

    standing: shapes.StandingOut
    promises: list[shapes.PromiseOut]
    history: list[shapes.LineOut]


@router.post("/requests/status", response=StatusOut, operation_id="requests.status", summary="凭编号和查询码看进展")
def status(request: HttpRequest, body: Known) -> StatusOut:
    """Refused (404) the same for a wrong number and a wrong code; tries without a sign-in count as writes and are limited."""
    found = queries.get_by_code(body.number, body.code)
    lines = shapes.history(found, flow.history(found.matter), internal=False)
    return StatusOut(standing=shapes.standing(found), promises=shapes.promises(found), history=lines)
