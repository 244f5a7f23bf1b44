"""One body stands to another in a way beside its parent: a second leader, its firm, an estate's helper."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhi.domains.bodies.commands.reach import load_body
from linzhi.domains.bodies.models import Body, BodyLink
from linzhi.domains.bodies.rules import LINK_KINDS
from linzhi.domains.places.queries import in_force
from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.territory.paths import county_of
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve

OF_FIRMS = ("leads", "guides", "of_firm")


class LinkBodies(Input):
    """`kind`: leads, guides, of_firm (of a firm's party branch) or covers (a unit that helps an estate's branch)."""

    body_id: int
    other_id: int
    kind: str
    begin: date | None = None


@command("bodies.link_bodies", on=load_body, place=lambda link: link.body.path)
def link_bodies(ctx: Context, cmd: LinkBodies, body: Body) -> BodyLink:
    """Record a relation; saying it twice changes nothing.

    Refused with an unknown kind, across counties, for another body than a firm's branch where the kind asks for one, and for a second
    leader where the jurisdiction has one body lead and the industry guide (`firm.dual_lead_mode`; CM-37, HA-19).
    """
    begin = cmd.begin or day_of(ctx.at)
    if cmd.kind not in LINK_KINDS:
        raise Refused("bodies.unknown_word", _("“%(value)s”不在可选的范围里。") % {"value": cmd.kind}, status=422, field="kind")
    other = Body.objects.filter(in_force(begin), pk=cmd.other_id).exclude(pk=body.pk).first()
    if other is None or county_of(other.path) != county_of(body.path):
        raise NotFound(_("没有这个组织。"))
    if cmd.kind in OF_FIRMS and body.kind != "firm_party_branch":
        raise Refused("bodies.link_kind", _("只有物业党支部才有这种关系。"), status=422, field="kind")
    if cmd.kind == "leads":
        answer = resolve("firm.dual_lead_mode", on=begin, pack=pack_for(body.path))
        ctx.note(rule={"key": answer.key, "pack": answer.pack, "value": answer.value})
        if answer.value != "dual_lead":
            raise Refused("bodies.one_leader", _("本地规定由社区党组织领导、行业指导，请登记为“行业指导”。"), field="kind")
    link, _created = BodyLink.objects.get_or_create(body=body, other=other, kind=cmd.kind, end=None, defaults={"begin": begin})
    return link
