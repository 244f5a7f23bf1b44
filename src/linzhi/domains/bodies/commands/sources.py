"""Where a secretary may come from."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.bodies.rules import SOURCES_KEY
from linzhi.foundation.commands import Context
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import Refused
from linzhi.policy.queries import pack_for
from linzhi.policy.resolve import resolve


def check_source(ctx: Context, path: str, source: str, note: str) -> None:
    """Refused for a source that isn't on the jurisdiction's list (`secretary.allowed_sources`; JS-07, LD-23, AQ-09) without a reason."""
    answer = resolve(SOURCES_KEY, on=day_of(ctx.at), pack=pack_for(path))
    ctx.note(rule={"key": answer.key, "pack": answer.pack, "value": list(answer.value), "source": source})
    if source not in answer.value and not note:
        raise Refused("bodies.secretary_source", _("本地规定的书记来源里没有这一类。确需如此，请写明理由。"), status=422, field="source")
