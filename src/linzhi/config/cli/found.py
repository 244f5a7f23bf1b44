"""`linzhi found`: the first county of a production installation and its first administrator."""

from __future__ import annotations

import re

import click
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from linzhi.domains.bodies import commands as bodies
from linzhi.domains.bodies.queries import Body
from linzhi.domains.places import commands as places
from linzhi.foundation.accounts import commands as accounts
from linzhi.foundation.accounts import invitations
from linzhi.foundation.territory.models import Territory
from linzhi.kernel.actor import System
from linzhi.kernel.refused import Refused

SETUP = System("setup")
SIGN_UP = System("accounts.sign_up")
NATION = ("86", "中国")


@click.command()
@click.option("--code", required=True, help="Division code of the county, six digits: 320812.")
@click.option("--province", required=True, help="Name of the province.")
@click.option("--city", required=True, help="Name of the city.")
@click.option("--county", required=True, help="Name of the county.")
@click.option("--pack", default="cn", show_default=True, help="Policy pack that begins to apply there.")
@click.option("--office", required=True, help="Name of the county's office.")
@click.option("--username", required=True, help="Sign-in name of the first administrator.")
@click.option("--name", required=True, help="Name of the first administrator.")
def found(code: str, province: str, city: str, county: str, pack: str, office: str, username: str, name: str) -> None:
    """Make a county, its office and its first administrator, and print the link by which they set their password.

    Refused outside production, for a code that isn't six digits, and where the county has an office already.
    """
    if settings.MODE not in ("production", "test"):
        raise click.ClickException(_("只给正式安装用。先运行 linzhi init。"))
    if not re.fullmatch(r"\d{6}", code):
        raise click.UsageError(_("区划代码是六位数字，例如 320812。"))
    line = (("nation", *NATION), ("province", code[:2], province), ("city", code[:4], city), ("county", code, county))
    try:
        with transaction.atomic():
            link = _found(line, pack, office, username, name)
    except Refused as refusal:
        raise click.ClickException(refusal.message) from None
    click.echo(_("%(county)s 已经建好。请 %(name)s 在 72 小时内打开这个链接，设密码和第二重验证：") % {"county": county, "name": name})
    click.echo(link)


def _found(line: tuple[tuple[str, str, str], ...], pack: str, office: str, username: str, name: str) -> str:
    parent: str | None = None
    for level, code, title in line:
        if not Territory.objects.filter(code=code).exists():
            own = pack if level == "county" else ""
            places.add_division(SETUP, places.AddDivision(parent=parent, level=level, code=code, name=title, pack=own))
        parent = code
    county = Territory.objects.get(code=parent)
    if Body.objects.filter(path=county.path, kind="county_office").exists():
        raise Refused("found.done", _("%(county)s 已经有区级办公室了。") % {"county": county.name})
    body = bodies.found_body(SETUP, bodies.FoundBody(place=county.code, kind="county_office", name=office))
    post = bodies.create_post(SETUP, bodies.CreatePost(body_id=body.pk, kind="administrator"))
    account = accounts.register(SIGN_UP, accounts.Register(username=username, name=name))
    bodies.appoint(SETUP, bodies.Appoint(post_id=post.pk, name=name, basis=_("平台初次安装"), account_id=account.pk))
    return invitations.path_for(account)
