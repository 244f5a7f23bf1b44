"""What requests hold about an account, for its owner; and how long contacts are kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from linzhi.domains.requests.models import Follow, Request
from linzhi.foundation.privacy import personal, retention
from linzhi.foundation.privacy.personal import Section, Show
from linzhi.foundation.privacy.retention import Rule
from linzhi.foundation.privacy.sealing import blind_index
from linzhi.foundation.sms import tidy_phone


def own(account_id: int, show: Show) -> Iterable[Section]:
    """What the account reported, with the contact it gave, and what it follows."""
    told = tuple(
        (
            (_t("编号"), one.number), (_t("时间"), one.reported_at), (_t("说的事"), one.text),
            (_t("联系人"), show(one, "contact_name")), (_t("电话"), show(one, "contact_phone")),
        )
        for one in Request.objects.filter(reporter_id=account_id).order_by("reported_at")
    )  # fmt: skip
    if told:
        yield Section(_t("我反映的诉求"), told)
    rows = Follow.objects.filter(account_id=account_id).select_related("request").order_by("at")
    followed = tuple(((_t("编号"), one.request.number), (_t("时间"), one.at), (_t("补充的话"), one.note)) for one in rows)
    if followed:
        yield Section(_t("我跟进的诉求"), followed)


personal.exporter("requests", own)
personal.indexed("requests.Request", "contact_index", "contact_phone", make=lambda phone: blind_index(tidy_phone(phone)) if phone else "")
retention.declare(
    Rule(
        "requests.contacts", _("诉求上的联系人和电话"), 3 * 365, _("办结"), _("处理情况记录至少保存三年（个人信息保护法第五十六条）"),
        "requests.Request",
        lambda moment: Q(matter__closed_at__lte=moment) & ~Q(contact_name__empty=True, contact_phone__empty=True),
        clear=("contact_name", "contact_phone", "contact_index"),
    ),
)  # fmt: skip
