"""开始换密钥: every store of sealed values is to be walked."""

from __future__ import annotations

from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.privacy import rotation
from linzhi.foundation.privacy.keys import data_ring, index_ring


class BeginRotation(Input):
    """`ring` is the key that gets a successor: `data_key` or `index_key`; the new key lies in its file already."""

    ring: str


@command("rights.begin_rotation", on=lambda cmd: None)
def begin_rotation(ctx: Context, cmd: BeginRotation, subject: None) -> int:
    """Begin the walks; returns how many stores. The log keeps the ids of the keys, never a key. Refused to all but the operator."""
    ring = data_ring(fresh=True) if cmd.ring == "data_key" else index_ring(fresh=True)
    ctx.note(current=ring.current, older=list(ring.older))
    return rotation.begin(ctx.at)
