"""What the operations of the API share: who asks, the key of a repeat, pages of a list, references to places."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Annotated, Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Header, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from linzhi.foundation.access.powers import Powers
from linzhi.foundation.commands import Input
from linzhi.foundation.territory.models import Territory
from linzhi.kernel import clock
from linzhi.kernel.actor import Actor
from linzhi.kernel.refused import NotAllowed, NotFound, Refused
from linzhi.web.asker import powers_of as powers_of

MOST = 100
ID = (1 << 63) - 1

REPEAT_KEY = Header(
    None, alias="Idempotency-Key", min_length=1, max_length=80, pattern=r"^[!-~]+$",
    description="一次操作一个随机的键；用同一个键重发，只办一次，得到同一个结果。未登录时至少 16 个字符。",
)  # fmt: skip
CURSOR = Query("", max_length=200, pattern=r"^[0-9A-Za-z_=-]*$", description="上一页给的 next；第一页不填。")
LIMIT = Query(25, ge=1, le=MOST, description="一页多少条，最多 100。")

Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,32}$")]
"""The code of a place."""
OptionalCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{0,32}$")]
Id = Annotated[int, Field(ge=1, le=ID)]


Moment = Annotated[datetime, AfterValidator(lambda moment: moment.astimezone(clock.BEIJING))]
"""A time as the API tells it: in Beijing time, whatever the database answered with."""


class Out(BaseModel):
    """Base of what the API answers with."""

    model_config = ConfigDict(frozen=True)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the API's authentication found out."""
    return cast(Actor, request.auth)  # type: ignore[attr-defined]


def require(powers: Powers, action: str) -> None:
    """Refused (401) for nobody, and (403) for a program whose token doesn't have the action; which rows are seen is the query's to say."""
    if powers.actor.kind == "anonymous":
        raise Refused("api.sign_in", _("请先登录，或者带上程序的令牌。"), status=401)
    if not powers.actor.may_use(action):
        raise NotAllowed(action, powers.decide(action).reason)


def path_of(code: str) -> str:
    """The path of the place with this code, empty for an empty code. Raises NotFound."""
    if not code:
        return ""
    found = Territory.objects.filter(code=code).values_list("path", flat=True).first()
    if found is None:
        raise NotFound(_("没有编码为 %(code)s 的地方。") % {"code": code})
    return found


def body_of(input_type: type[Input], *without: str) -> type[Input]:
    """The same input as a body, without the fields that come from the address or the session."""
    fields: dict[str, Any] = {name: (field.annotation, field) for name, field in input_type.model_fields.items() if name not in without}
    return create_model(f"{input_type.__name__}Body", __base__=Input, __doc__=input_type.__doc__, **fields)


def given_in(body: Input) -> dict[str, Any]:
    """The fields of a body that were sent."""
    return {name: getattr(body, name) for name in body.model_fields_set}


def cursor_of(*position: str | int | datetime) -> str:
    """Where a page ends, as text that clients hand back and don't read."""
    text = json.dumps(position, default=datetime.isoformat, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode()


def position_of(cursor: str, *kinds: type) -> list[Any]:
    """What `cursor_of` was given, each of the kind named. Refused (422) when it isn't a cursor of this list."""
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return [_part(part, kind) for part, kind in zip(position, kinds, strict=True)]
    except (ValueError, TypeError, OverflowError):
        message = _("这个翻页标记不对，请从第一页重新取。")
        raise Refused("api.cursor", message, status=422, field="cursor") from None


def _part(part: Any, kind: type) -> Any:
    if kind is datetime:
        moment = datetime.fromisoformat(part)
        return moment.astimezone(clock.BEIJING) if moment.tzinfo else _part(None, str)
    if type(part) is not kind:
        raise ValueError("not a cursor of this list")
    return part


NEXT = gettext_lazy("下一页的 cursor；没有下一页时为空。")
