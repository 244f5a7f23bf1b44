"""去掉旧密钥: once no value needs them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.privacy import rotation
from linzhi.foundation.privacy.keys import data_ring, drop_older, index_ring
from linzhi.kernel.refused import Refused


class DropKeys(Input):
    """`ring`: `data_key` or `index_key`."""

    ring: str


@command("rights.drop_keys", on=lambda cmd: None)
def drop_keys(ctx: Context, cmd: DropKeys, subject: None) -> tuple[str, ...]:
    """Read every value through, then leave only the current key in the ring's file; returns the ids that went.

    Refused while any value needs an older key: its store is walked once more. Refused to all but the operator.
    """
    ring = data_ring(fresh=True) if cmd.ring == "data_key" else index_ring(fresh=True)
    if not ring.older:
        raise Refused("keys.none_older", _("没有旧密钥。"))
    needing = {store.name: count for store, count in rotation.needing(cmd.ring) if count}
    if needing:
        where = "、".join(f"{name} {count}" for name, count in needing.items())
        message = _("还有值要用旧密钥：%(where)s。请再运行 linzhi keys rotate，走完再来。") % {"where": where}
        raise Refused("keys.needed", message, needing=needing)
    ctx.note(current=ring.current, dropped=list(ring.older))
    return drop_older(cmd.ring)
