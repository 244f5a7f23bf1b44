"""The promise before anything is reported, in words made from the method's limits: 10 分钟内有人应，1 小时有回音。"""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.domains.requests.queries import Outlook
from linzhi.kernel.limits import Limit, Unit


def limit_words(limit: Limit | str) -> str:
    """A limit as people say it: 60 minutes is 1 小时. Takes a clock's own text, too."""
    read = Limit.parse(limit.replace("_", " ")) if isinstance(limit, str) else limit
    if read.unit is Unit.MINUTES and read.amount % 60 == 0:
        read = Limit(read.amount // 60, Unit.HOURS)
    return read.words()


def outlook_words(outlook: Outlook) -> list[str]:
    """At most two short sentences: when somebody answers, and when there is word or a result. Empty where nothing is promised."""
    found = []
    if outlook.respond is not None:
        found.append(_("%(limit)s内有人应") % {"limit": limit_words(outlook.respond.limit)})
    if outlook.word is not None:
        found.append(_("%(limit)s内有回音") % {"limit": limit_words(outlook.word.limit)})
    elif outlook.handle is not None:
        found.append(_("接单后%(limit)s内答复") % {"limit": limit_words(outlook.handle.limit)})
    return found
