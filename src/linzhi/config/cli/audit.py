"""`linzhi audit`: verify the chain of the audit log, or seal what is still open."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from linzhi.foundation.audit.chain import seal_batch
from linzhi.foundation.audit.chain import verify as walk
from linzhi.foundation.audit.models import Entry, Seal
from linzhi.kernel import clock


@click.group()
def audit() -> None:
    """The audit log."""


@audit.command()
def verify() -> None:
    """Walk the whole chain and print every changed, missing or reordered entry; exit 1 when there is any."""
    count = 0
    for flaw in walk():
        count += 1
        click.echo(f"{flaw.kind}\t{flaw.where}\t{flaw.what}")
    if count:
        click.echo(_("发现 %(n)s 处问题。") % {"n": count}, err=True)
        raise SystemExit(1)
    totals = {"entries": Entry.objects.count(), "seals": Seal.objects.count()}
    click.echo(_("%(entries)s 条操作记录，%(seals)s 批封存，没有问题。") % totals)


@audit.command()
def seal() -> None:
    """Seal all committed entries now."""
    total = 0
    while sealed := seal_batch(clock.now()):
        total += sealed
    click.echo(_("封存了 %(n)s 条。") % {"n": total})
