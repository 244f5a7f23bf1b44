"""发布同意书: a new version of the words that people agree to."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Max
from django.utils.translation import gettext as _
from pydantic import Field

from linzhi.foundation.commands import Context, Input, SafeText, command
from linzhi.foundation.consents.models import ConsentText
from linzhi.kernel.refused import Refused


class PublishText(Input):
    """`fields` are the personal columns it lets be used (`people.Person.phone`); `renews`: earlier consents end and are asked for anew."""

    purpose: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=60)
    title: Annotated[SafeText, Field(min_length=2, max_length=80)]
    text: Annotated[SafeText, Field(min_length=10, max_length=5000)]
    fields: tuple[str, ...] = ()
    renews: bool = True


def _load(cmd: PublishText) -> None:
    # Locks the newest version, so that two publications don't take the same number.
    ConsentText.objects.select_for_update().filter(purpose=cmd.purpose).order_by("-version").first()


@command("consents.publish_text", on=_load)
def publish_text(ctx: Context, cmd: PublishText, subject: None) -> ConsentText:
    """Publish the next version of a purpose's text. Refused when nothing but the version would change, or it widens without asking anew."""
    last = ConsentText.objects.filter(purpose=cmd.purpose).order_by("-version").first()
    if last is not None and (last.title, last.text, list(last.fields)) == (cmd.title, cmd.text, list(cmd.fields)):
        raise Refused("consents.unchanged", _("和现在的版本一样，不用再发布。"), status=422, field="text")
    if last is not None and not cmd.renews and not set(cmd.fields) <= set(last.fields):
        message = _("要用到更多的信息，就要重新征得同意（个人信息保护法第十四条）。请勾上“重新征得同意”。")
        raise Refused("consents.widened", message, status=422, field="renews")
    version = (ConsentText.objects.filter(purpose=cmd.purpose).aggregate(v=Max("version"))["v"] or 0) + 1
    return ConsentText.objects.create(
        purpose=cmd.purpose, version=version, title=cmd.title, text=cmd.text, fields=list(cmd.fields), renews=cmd.renews or version == 1,
        published_at=ctx.at, published_by=ctx.actor.key,
    )  # fmt: skip
