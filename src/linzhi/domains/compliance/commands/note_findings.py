"""What the register shows today is compared with what was open: new findings open, mended ones close."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.domains.compliance.models import Finding
from linzhi.domains.compliance.rules import KINDS
from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import covers, within
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound, Refused


class Found(Input):
    """One thing amiss: about which row, where, in which words."""

    subject: Annotated[str, Field(min_length=1, max_length=80)]
    path: str
    words: Annotated[SafeText, Field(min_length=1, max_length=300)]
    code: str = ""


class NoteFindings(Input):
    """Everything of one kind that a county's register shows at this moment; what isn't named is mended. The audit log counts them."""

    county: str
    kind: str
    found: tuple[Found, ...] = ()

    def for_audit(self) -> dict[str, object]:
        """The kind and the number: the words stand in the findings themselves, those of the closed room nowhere else."""
        return {"county": self.county, "kind": self.kind, "found": len(self.found)}


def _load(cmd: NoteFindings) -> Territory:
    county = Territory.objects.filter(code=cmd.county, level="county").first()
    if county is None:
        raise NotFound(_("没有这个县（市、区）。"))
    return county


@command("compliance.note_findings", on=_load)
def note_findings(ctx: Context, cmd: NoteFindings, county: Territory) -> int:
    """Open what is new, put right words that changed, close what is mended; returns how many are open.

    Saying the same twice changes nothing. Refused with an unknown kind, or with something outside the county.
    """
    kind = KINDS.get(cmd.kind)
    if kind is None:
        raise Refused("compliance.unknown_kind", _("没有“%(kind)s”这种检查。") % {"kind": cmd.kind}, status=422, field="kind")
    if any(not covers(county.path, one.path) for one in cmd.found):
        raise Refused("compliance.outside", _("发现的问题不在本县（市、区）。"), status=422, field="found")
    open_now = {row.subject: row for row in Finding.objects.select_for_update().filter(_here(county), kind=cmd.kind, closed__isnull=True)}
    found = {one.subject: one for one in cmd.found}
    gone = [row.pk for subject, row in open_now.items() if subject not in found]
    Finding.objects.filter(pk__in=gone).update(closed=ctx.at)
    due = day_of(ctx.at) + timedelta(days=kind.days)
    new = [
        Finding(
            kind=cmd.kind, subject=one.subject, path=one.path, owner=kind.owner, room=kind.room, words=one.words, code=one.code,
            opened=ctx.at, due=due,
        )
        for subject, one in found.items()
        if subject not in open_now
    ]  # fmt: skip
    Finding.objects.bulk_create(new)
    changed = [
        row
        for subject, row in open_now.items()
        if subject in found and (row.words, row.path) != (found[subject].words, found[subject].path)
    ]
    for row in changed:
        row.words, row.path, row.code = found[row.subject].words, found[row.subject].path, found[row.subject].code
    Finding.objects.bulk_update(changed, ["words", "path", "code"])
    ctx.note(opened=len(new), closed=len(gone))
    return len(found)


def _here(county: Territory) -> object:
    return within("path", county.path)
