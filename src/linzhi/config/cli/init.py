"""`linzhi init`: a production installation."""

from __future__ import annotations

import os

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.config import installation

# What an operator must decide; docs/settings.md has the rest.
TO_SET = (
    ("LINZHI_HOSTS", gettext_lazy("网站的域名，几个之间用逗号隔开")),
    ("LINZHI_DATABASE_URL", gettext_lazy("postgresql://用户:密码@主机:端口/库名；不设就用数据文件夹里的 SQLite，只适合一个小区")),
    ("LINZHI_SMS_DRIVER", gettext_lazy("短信通道；不设则居民收不到验证码")),
)


@click.command()
def init() -> None:
    """Make the data folder and its keys for production, and say what is left to set. Refused where a demo lives. Safe to repeat."""
    made = installation.prepare("production")
    click.echo(_("正式安装已备好：%(folder)s") % {"folder": made.folder})
    click.echo(
        _("密钥在 %(keys)s，请立即离线备份：丢了 data_key，已加密的姓名、电话、地址就再也读不出来。") % {"keys": made.folder / "keys"}
    )
    for name, meaning in TO_SET:
        click.echo(f"  {'✓' if os.environ.get(name) else '·'} {name}  {meaning}")
    click.echo(
        _("设好以后：linzhi migrate 建表，linzhi found 建第一个区和管理员，linzhi serve 起网站，linzhi worker 起后台，各由系统服务看护。")
    )
