"""Pure rules of requests: numbers, alike, emergencies, the public version of a text."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhi.foundation.privacy.masking import mask_phones_in
from linzhi.kernel.clock import BEIJING

EMERGENCIES: dict[str, tuple[str, ...]] = {
    "fire": ("着火", "起火", "火灾", "冒烟", "燃气泄漏", "煤气泄漏", "天然气泄漏", "闻到煤气", "爆炸"),
    "medical": ("晕倒", "昏迷", "没有呼吸", "大出血", "触电", "溺水", "中毒", "坠楼", "跳楼"),
    "crime": ("正在打人", "持刀", "抢劫", "正在行凶", "入室", "砸门"),
    "trapped": ("困在电梯", "电梯困人", "被困电梯", "电梯里出不来", "被困"),
}
"""Words that stop the form and show the number. They only ask; the resident decides."""

_PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{4,5}[A-Z0-9挂学警港澳]")
_IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)")


def number(month: str, count: int) -> str:
    """`2611-0318`: year and month, then the count in that month, at least four digits."""
    return f"{month}-{count:04d}"


def month_of(at: datetime) -> str:
    """The `2611` of a moment, in Beijing time."""
    return at.astimezone(BEIJING).strftime("%y%m")


def emergencies_in(text: str) -> list[str]:
    """The kinds of emergency that a text speaks of, in the order of the table."""
    return [kind for kind, words in EMERGENCIES.items() if any(word in text for word in words)]


def tidy(text: str) -> str:
    """What somebody typed without invisible characters, line ends unified; a page keeps it until it is sent."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def public_text(text: str) -> str:
    """A text as strangers may read it: phone numbers, identity numbers and licence plates masked."""
    masked = _IDENTITY.sub(lambda m: m[0][:4] + "**************", mask_phones_in(text))
    return _PLATE.sub(lambda m: m[0][:2] + "*****", masked)


def title_of(text: str) -> str:
    """A title from the first sentence when none is given: at most 30 characters."""
    first = re.split(r"[。！？!?\n；;]", text.strip(), maxsplit=1)[0].strip() or text.strip()
    return first if len(first) <= 30 else first[:29] + "…"


def low(stars: int, threshold: int) -> bool:
    """Whether a rating asks for an answer."""
    return stars <= threshold


def facts(nature: str, urgent: bool) -> dict[str, str]:
    """What picks the rows of limit tables: urgent comes before the nature."""
    return {"nature": "urgent" if urgent else nature}


_LOOKALIKES = str.maketrans("OIL", "011")


def status_code(key: bytes, county: str, number: str) -> str:
    """The code by which somebody without an account follows a request: two groups of five letters and digits.

    It is computed from the installation's key and stored nowhere, so no copy of the database opens a request.
    """
    raw = hmac.new(key, f"status:{county}:{number}".encode(), hashlib.sha256).digest()
    text = base64.b32encode(raw).decode()[:10].translate(_LOOKALIKES)
    return f"{text[:5]}-{text[5:]}"


def code_fits(typed: str, code: str) -> bool:
    """Whether a typed code is `code`; case, spaces and the dash don't matter."""
    plain = typed.upper().replace("-", "").replace(" ", "").translate(_LOOKALIKES)
    return hmac.compare_digest(plain.encode(), code.replace("-", "").encode())


REPORTER_HEARS = {
    "requests.respond": gettext_lazy("有人接了"),
    "requests.accept": gettext_lazy("已受理"),
    "requests.decline": gettext_lazy("不归这里办"),
    "requests.dispatch": gettext_lazy("派给了承办单位"),
    "requests.assign_finally": gettext_lazy("指定了承办单位"),
    "requests.hand_over": gettext_lazy("换了承办单位"),
    "requests.record_progress": gettext_lazy("有新进展"),
    "requests.give_feedback": gettext_lazy("有回音了"),
    "requests.handle_directly": gettext_lazy("当场办了"),
    "requests.verify": gettext_lazy("办好了，请您看看"),
    "requests.redo": gettext_lazy("没办好，正在重办"),
    "requests.conclude": gettext_lazy("没能办成，这是原因"),
    "requests.suspend": gettext_lazy("暂时办不了，这是原因"),
    "requests.resume": gettext_lazy("又接着办了"),
    "requests.mark_duplicate": gettext_lazy("并到了另一件"),
    "requests.confirm_beyond_power": gettext_lazy("超出了我们的权限"),
    "requests.answer_rating": gettext_lazy("答复了您的评价"),
    "requests.replay_reply": gettext_lazy("有回音了"),
}
"""Which acts the reporter and the followers are told of, and in which words."""

HANDLER_HEARS = {
    "requests.dispatch": gettext_lazy("有新的派单"),
    "requests.assign_finally": gettext_lazy("上级指定由你们办"),
    "requests.hand_over": gettext_lazy("有转来的派单"),
    "requests.supervise": gettext_lazy("有督办"),
    "requests.redo": gettext_lazy("核查没通过，要重办"),
    "requests.reject_result": gettext_lazy("居民说没解决"),
    "requests.grant_extension": gettext_lazy("同意延期"),
    "requests.refuse_extension": gettext_lazy("不同意延期"),
}
"""Which acts the body that has the request is told of."""


def message_body(number: str, title: str, said: str) -> str:
    """The text of a message: what it is about, then what was said."""
    about = {"title": title, "number": number, "said": said}
    return (_("“%(title)s”（%(number)s）：%(said)s") if said else _("“%(title)s”（%(number)s）。")) % about
