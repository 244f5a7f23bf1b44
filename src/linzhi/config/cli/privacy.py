"""`linzhi privacy`: the table of personal fields, retention, and the list of erasures after a restored backup."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from linzhi.foundation.privacy import personal
from linzhi.foundation.rights import jobs, queries, tombstones
from linzhi.kernel import clock


@click.group()
def privacy() -> None:
    """个人信息：字段表、到期删除、恢复备份以后重新删除。"""


@privacy.command()
def table() -> None:
    """输出 docs/privacy.md 里的字段表。"""
    click.echo(personal.markdown(), nl=False)


@privacy.command()
def retention() -> None:
    """现在就把到期的删掉。"""
    click.echo(_("删了 %(n)d 行。") % {"n": jobs.apply_all(clock.now())})


@privacy.command("replay-tombstones")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def replay_tombstones(file: Path | None) -> None:
    """恢复备份以后，把备份里又有了的、已经注销的人再删一次。FILE 是另存的名单；不写就用数据文件夹里的。"""
    try:
        again = tombstones.replay(clock.now(), file)
    except ValueError as error:
        raise click.ClickException(_("名单读不了：%(why)s") % {"why": error}) from None
    click.echo(_("重新删除了 %(again)d 人，名单上共 %(all)d 人。") % {"again": again, "all": queries.erasures()})


def forget_again() -> None:
    """What `linzhi migrate`, `serve` and `worker` do before anything else. Raises ClickException when the list can't be read."""
    try:
        again = tombstones.replay(clock.now())
    except ValueError as error:
        raise click.ClickException(_("名单读不了：%(why)s") % {"why": error}) from None
    if again:
        click.echo(_("从备份里重新删除了 %(n)d 个已经注销的人。") % {"n": again}, err=True)
