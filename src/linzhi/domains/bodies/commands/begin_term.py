"""A body begins a term of office (届)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.reach import load_body
from linzhi.domains.bodies.events import TermBegun
from linzhi.domains.bodies.models import Body, Term
from linzhi.domains.bodies.rules import WITH_TERMS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused


class BeginTerm(Input):
    """`basis` names the election or vote; `end` is the first day after the term. `seats` as the rules of procedure have it."""

    body_id: int
    basis: Annotated[SafeText, Field(min_length=2, max_length=200)]
    end: date
    begin: date | None = None
    seats: Annotated[int, Field(ge=1, le=99)] | None = None


@command("bodies.begin_term", on=load_body)
def begin_term(ctx: Context, cmd: BeginTerm, body: Body) -> Term:
    """Begin the next term and close the one before; who holds a post keeps it until it is said otherwise.

    Refused for a body that has no terms or is dissolved, when the term ends before it begins, or begins before the one before it.
    """
    begin = cmd.begin or day_of(ctx.at)
    if body.kind not in WITH_TERMS:
        raise Refused("bodies.no_terms", _("“%(body)s”没有届期。") % {"body": body.name})
    if body.end is not None and body.end <= begin:
        raise Refused("bodies.dissolved", _("这个组织已经撤销了。"))
    if cmd.end <= begin:
        raise Refused("bodies.term", _("任期的结束要晚于开始。"), status=422, field="end")
    last = Term.objects.filter(body=body).order_by("-ordinal").first()
    if last is not None and last.begin >= begin:
        raise Refused("bodies.term_order", _("新一届要晚于上一届（%(day)s 开始）。") % {"day": last.begin}, status=422, field="begin")
    if last is not None and last.closed is None:
        last.closed = begin
        last.save(update_fields=["closed"])
    ordinal = last.ordinal + 1 if last else 1
    values = {"basis": cmd.basis, "seats": cmd.seats, "path": body.path, "begin": begin, "end": cmd.end}
    term = Term.objects.create(body=body, ordinal=ordinal, **values)
    ctx.emit(TermBegun(term.pk, body.pk, body.kind))
    return term
