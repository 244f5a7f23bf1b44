"""Rows of the register of bodies held against what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.bodies.commands.bulk import Deciding, no_place, places_of
from linzhi.domains.bodies.commands.found_body import must_be_above
from linzhi.domains.bodies.models import Body
from linzhi.domains.bodies.rules import BODY_KINDS, PARTY_FORMS
from linzhi.domains.places.commands.bulk import Compared, given_changes, mark_doubles
from linzhi.domains.places.queries import in_force
from linzhi.foundation.access.powers import Powers
from linzhi.foundation.commands import Input, SafeText
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import county_of, covers, within
from linzhi.kernel.refused import Refused

FACTS = ("form", "phone", "hours", "basis", "number", "credit_code", "members", "entered_nationally")


class BodyRow(Input):
    """One body, found again by the code of where it sits and its name; None leaves a fact as it is. `parent` is the parent's name."""

    where: Annotated[str, Field(max_length=32)] = ""
    name: Annotated[SafeText, Field(min_length=1, max_length=80)]
    kind: str | None = None
    form: str | None = None
    parent: Annotated[SafeText, Field(max_length=80)] | None = None
    phone: Annotated[SafeText, Field(max_length=30)] | None = None
    hours: Annotated[SafeText, Field(max_length=80)] | None = None
    basis: Annotated[SafeText, Field(max_length=200)] | None = None
    number: Annotated[SafeText, Field(max_length=60)] | None = None
    credit_code: Annotated[SafeText, Field(max_length=18)] | None = None
    members: Annotated[int, Field(ge=0, le=9999)] | None = None
    entered_nationally: date | None = None
    begin: date | None = None


def compare_bodies(powers: Powers, top: Territory, rows: Sequence[BodyRow], day: date) -> list[Compared]:
    """Each row with the body it means, what it would change and what is wrong, also where the asker may not write it. Four statements.

    `more["parent"]` is the body above it, or the line of the same sheet that makes it.
    """
    places = places_of(top, [row.where for row in rows])
    found = Body.objects.filter(within("path", top.path), name__in={row.name for row in rows}, end=None).select_related("parent")
    kept = {(row.path, row.name): row for row in found}
    lines = []
    for number, row in enumerate(rows, 1):
        line = Compared(number, row, parent=places.get(row.where))
        if line.parent is None:
            no_place(line, row.where)
        else:
            line.kept = kept.get((line.parent.path, row.name))
        lines.append(line)
    mark_doubles(lines, [(line.parent and line.parent.pk, line.given.name) for line in lines], "name", _("和第 %(n)d 行是同一个组织。"))
    _check_facts(lines, day)
    _check_single(lines, day)
    _find_parents(lines, top, day)
    deciding = Deciding(powers)
    for line in lines:
        if line.parent is not None and line.state in ("new", "changed"):
            body = line.kept or Body(kind=line.given.kind, path=line.parent.path)
            if not deciding.may("bodies.revise_body" if line.kept else "bodies.found_body", body):
                line.wrong("kind", _("您不能在这里登记这类组织。"), _("请由管这条线的岗位来登记。"))
    return lines


def _check_facts(lines: Sequence[Compared], day: date) -> None:
    for line in lines:
        row, kept = line.given, line.kept
        kind = kept.kind if kept is not None else row.kind
        if kept is not None:
            line.changes = given_changes(row, kept, FACTS)
            if row.kind is not None and row.kind != kept.kind:
                line.wrong("kind", _("组织的类型不能改。"), _("类型登记错了的，请撤销以后重新登记。"))
            if row.begin is not None and row.begin != kept.begin:
                line.wrong("begin", _("成立日期登记以后不能改。"), _("请空着或照原来的写。"))
        elif kind is None:
            line.wrong("kind", _("这一项要填。"))
        elif kind not in BODY_KINDS:
            line.wrong("kind", _("“%(word)s”不在可选的范围里。") % {"word": kind})
        elif line.parent is not None and line.parent.level not in BODY_KINDS[kind].levels:
            words = {"kind": BODY_KINDS[kind].title, "place": line.parent.name}
            line.wrong("where", _("%(kind)s不能设在“%(place)s”。") % words, _("请核对所在地编码。"))
        if row.begin is not None and row.begin > day:
            line.wrong("begin", _("成立日期在今天以后。"))
        form = row.form if row.form is not None else kept.form if kept is not None else ""
        if (kind == "community_party") != bool(form) or (form and form not in PARTY_FORMS):
            line.wrong("form", _("社区党组织要写明是党委、党总支还是党支部，其他组织不用写。"))
        if row.members is not None and kind != "firm_party_branch":
            line.wrong("members", _("只有物业党支部写党员数。"), _("别的党组织的党员在党员台账里登记。"))


def _check_single(lines: Sequence[Compared], day: date) -> None:
    """A place has only one of some kinds, counting what the sheet brings."""
    new = [line for line in lines if line.state == "new" and BODY_KINDS[line.given.kind].single]
    paths, kinds = {line.parent.path for line in new}, {line.given.kind for line in new}
    taken = set(Body.objects.filter(in_force(day), path__in=paths, kind__in=kinds).values_list("path", "kind")) if new else set()
    for line in new:
        key = (line.parent.path, line.given.kind)
        if key in taken:
            words = {"place": line.parent.name, "kind": BODY_KINDS[line.given.kind].title}
            line.wrong("kind", _("“%(place)s”已经有一个%(kind)s了。") % words, _("请核对名称，或先撤销原来的。"))
        taken.add(key)


def _find_parents(lines: Sequence[Compared], top: Territory, day: date) -> None:
    wanted = {line.given.parent for line in lines if line.given.parent}
    options: dict[str, list[Any]] = {}
    county = county_of(top.path) or top.path
    for body in Body.objects.filter(in_force(day), within("path", county), name__in=wanted) if wanted else ():
        options.setdefault(body.name, []).append(body)
    for line in lines:
        if line.given.name in wanted and line.state == "new":
            options.setdefault(line.given.name, []).append(line)
    for line in lines:
        name, kept = line.given.parent, line.kept
        if not name or line.parent is None or (kept is not None and kept.parent is not None and kept.parent.name == name):
            continue
        near = [one for one in options.get(name, []) if covers(_path(one), line.parent.path) and one is not line]
        rest = near or [one for one in options.get(name, []) if one is not line]
        deepest = max((len(_path(one)) for one in rest), default=0)
        best = [one for one in rest if len(_path(one)) == deepest]
        if len(best) != 1:
            why = _("没有找到叫“%(name)s”的上级组织。") if not best else _("有几个组织都叫“%(name)s”。")
            line.wrong("parent", why % {"name": name}, _("请核对名称，或先登记上级组织。"))
            continue
        _take_parent(line, best[0])


def _path(one: Any) -> str:
    """Where a body sits, or will."""
    return str(one.parent.path if isinstance(one, Compared) else one.path)


def _take_parent(line: Compared, above: Any) -> None:
    kind = line.kept.kind if line.kept is not None else line.given.kind
    body = Body(kind=above.given.kind, name=above.given.name, form=above.given.form or "") if isinstance(above, Compared) else above
    try:
        must_be_above(body, kind or "")
    except Refused as refused:
        line.wrong("parent", refused.message)
    else:
        line.more["parent"] = above
