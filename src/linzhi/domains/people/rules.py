"""Plain values and functions of people: kinds of residence, bases of ownership, sums of shares."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

RESIDENCE_KINDS = {"owner_occupier": _("业主自住"), "tenant": _("租户"), "lodger": _("借住"), "family": _("家属")}
OWNERSHIP_BASES = {
    "registered": _("不动产登记"),
    "delivered": _("已交付未登记"),
    "inherited": _("继承"),
    "judgment": _("法院判决"),
    "developer": _("开发建设单位未售"),
}
LINKED_BY = {"phone": _("手机号验证"), "in_person": _("当面核对")}


def share_left(shares: Iterable[tuple[int, int]]) -> Fraction:
    """What of a dwelling has no owner yet, given the shares (numerator, denominator) in force; negative when they exceed the whole."""
    return 1 - sum((Fraction(top, bottom) for top, bottom in shares), Fraction(0))
