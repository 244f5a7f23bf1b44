"""Something has to be filed: who took a secretary's post, or a committee's new term."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext as _

from linzhi.domains.bodies.commands.courses import begin, new_number
from linzhi.domains.bodies.models import Filing, Holding, Term
from linzhi.domains.bodies.rules import FILED
from linzhi.foundation.commands import Context, Input, command
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import find

LEVEL = {"secretary": "secretary.filing_level", "term": "owners_committee.filing_level"}


class OpenFiling(Input):
    """`what` is secretary (of a holding) or term; `id` the holding's or the term's."""

    what: Literal["secretary", "term"]
    id: int


def _load(cmd: OpenFiling) -> Filing:
    # An unsaved filing, so that access can be decided on its place.
    row: Any = (
        Holding.objects.select_related("post__body").filter(pk=cmd.id).first()
        if cmd.what == "secretary"
        else Term.objects.select_related("body").filter(pk=cmd.id).first()
    )
    if row is None:
        raise NotFound(_("没有要备案的任职或届期。"))
    path = row.post.path if cmd.what == "secretary" else row.path
    return Filing(what=cmd.what, path=path, **({"holding": row} if cmd.what == "secretary" else {"term": row}))


@command("bodies.open_filing", on=_load)
def open_filing(ctx: Context, cmd: OpenFiling, filing: Filing) -> Filing:
    """Open the filing with the level that the jurisdiction names; twice gives the first.

    CM-19, AQ-08; Regulations on Property Management, article 16.
    """
    kept = Filing.objects.filter(what=cmd.what, holding=filing.holding, term=filing.term).first()
    if kept is not None:
        return kept
    answer = find(LEVEL[cmd.what], on=day_of(ctx.at), pack=pack_for(filing.path))
    filing.level = str(answer.value) if answer else ""
    filing.number, filing.opened = new_number(ctx, "BA"), ctx.at
    filing.save()
    begin(ctx, f"{cmd.what}-filing", filing, f"{FILED[cmd.what]}：{_about(filing)}", "bodies.open_filing")
    return filing


def _about(filing: Filing) -> str:
    if filing.holding is not None:
        return f"{filing.holding.post.body.name}{filing.holding.post.title} {filing.holding.name}"
    assert filing.term is not None
    return _("%(body)s第 %(n)d 届") % {"body": filing.term.body.name, "n": filing.term.ordinal}
