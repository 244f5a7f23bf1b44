"""A candidate for secretary is named, before the community applies (LD-22, LD-23)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from linzhi.domains.bodies.commands.courses import OnCourse, locked
from linzhi.domains.bodies.commands.sources import check_source
from linzhi.domains.bodies.models import Formation
from linzhi.flow.engine import perform
from linzhi.foundation.commands import Context, SafeText, command


class NameSecretary(OnCourse):
    """`source` is a word of the jurisdiction's list; another one needs `note`."""

    secretary: Annotated[SafeText, Field(min_length=1, max_length=40)]
    source: str


def _load(cmd: NameSecretary) -> Formation:
    return locked(Formation, cmd.id)


@command("bodies.name_secretary", on=_load)
def name_secretary(ctx: Context, cmd: NameSecretary, formation: Formation) -> Formation:
    """Keep the candidate's name and source. Refused from a source that isn't the jurisdiction's, without a reason; or at another step."""
    check_source(ctx, formation.path, cmd.source, cmd.note)
    formation.secretary, formation.secretary_source = cmd.secretary, cmd.source
    formation.save(update_fields=["secretary", "secretary_source"])
    perform(ctx, formation.matter, "bodies.name_secretary", cmd.words, given=cmd.given)
    return formation
