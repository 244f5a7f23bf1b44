"""`linzhi keys`: change the keys that seal personal data, while the platform runs."""

from __future__ import annotations

import click
from django.conf import settings
from django.utils.translation import gettext as _

from linzhi.foundation.privacy import keys as rings
from linzhi.foundation.privacy import rotation
from linzhi.foundation.privacy.stores import goal, stores
from linzhi.foundation.rights import commands as rights
from linzhi.kernel import clock
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused

OPERATOR = System("keys")
NAMES = {False: "data_key", True: "index_key"}
_INDEX = click.option("--index", is_flag=True, help="盲索引的密钥，而不是加密的密钥。")


@click.group()
def keys() -> None:
    """换密钥：加一把新的，旧值逐个换过来，再去掉旧的。平台不用停。"""


@keys.command()
@_INDEX
@click.option("--later", is_flag=True, help="只开个头，由后台（linzhi worker）慢慢换完。")
@click.option("--same-key", is_flag=True, help="不加新密钥：接着上次的，或者只换算法（LINZHI_DATA_CIPHER）。")
def rotate(index: bool, later: bool, same_key: bool) -> None:
    """加一把新密钥，并把旧值逐个换过来。中途停了，再运行就接着走（上一把还没去掉时不会再加新的）。"""
    name = NAMES[index]
    ring = rings.index_ring(fresh=True) if index else rings.data_ring(fresh=True)
    if not same_key and not ring.older:
        _keep_digest_key(index)
        try:
            fresh = rings.add(name)
        except ValueError:
            message = _(
                "这把密钥由环境变量 LINZHI_%(name)s 给出。请在前面加一把新的（逗号隔开），重启平台，再运行 linzhi keys rotate --same-key。"
            )
            raise click.ClickException(message % {"name": name.upper()}) from None
        click.echo(_("加了一把新密钥 %(id)s，请立即离线备份：%(path)s") % {"id": fresh, "path": rings.file_of(name)})
    begun = rights.begin_rotation(OPERATOR, rights.BeginRotation(ring=name))
    _restart_needing(name, begun)
    if later:
        click.echo(_("后台会换完它：linzhi keys status 看进度。"))
        return
    total = sum(row.total - row.done for row in rotation.standing() if not row.finished)
    changed = 0
    with click.progressbar(length=max(total, 1), label=_("换密钥")) as bar:
        while any(not row.finished for row in rotation.standing()):
            changed += rotation.run(clock.now(), tell=bar.update)
    click.echo(_("换了 %(n)d 个值。再过几秒，等各个进程都用上新密钥，运行 linzhi keys drop%(flag)s 去掉旧的。") % {
        "n": changed, "flag": " --index" if index else "",
    })  # fmt: skip


@keys.command()
def status() -> None:
    """每一处加密的值换到哪里了，还有几把密钥。"""
    for name, ring in (("data_key", rings.data_ring(fresh=True)), ("index_key", rings.index_ring(fresh=True))):
        click.echo(f"{name}\t{ring.current}\t{_('旧的：')}{','.join(ring.older) or '-'}")
    click.echo(f"cipher\t{settings.DATA_CIPHER}")
    known = {row.store: row for row in rotation.standing()}
    for store in stores():
        row = known.get(store.name)
        words = "-" if row is None else _("完成") if row.finished else _("进行中")
        click.echo(f"{store.name}\t{words}\t{row.done if row else 0}/{row.total if row else 0}")


@keys.command()
@_INDEX
def drop(index: bool) -> None:
    """逐个核对，没有一个值再需要旧密钥时，才把它去掉。"""
    try:
        gone = rights.drop_keys(OPERATOR, rights.DropKeys(ring=NAMES[index]))
    except ValueError:
        message = _("这把密钥由环境变量给出：没有值再需要旧的了，请从环境变量里去掉它，重启平台。")
        raise click.ClickException(message) from None
    except Refused as refusal:
        raise click.ClickException(refusal.message) from None
    click.echo(_("去掉了旧密钥 %(ids)s。") % {"ids": "、".join(gone)})


def _restart_needing(name: str, begun: int) -> None:
    """Walk again what a process with the old key still wrote behind a finished walk."""
    if begun:
        return
    done = {row.store for row in rotation.standing() if row.finished}
    for store, count in rotation.needing(name):
        if count and store.name in done and goal(store.uses):
            rotation.restart(store, clock.now())


def _keep_digest_key(index: bool) -> None:
    """Codes on paper and digests of the log rest on the first index key: it stays as a key of its own."""
    path = settings.INSTALLATION.key_file("digest_key")
    if index and path is not None and not path.is_file():
        path.touch(mode=0o600)
        path.write_text(settings.DIGEST_KEY)
