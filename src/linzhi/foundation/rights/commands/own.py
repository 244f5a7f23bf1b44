"""Loading what acts on one's own data and on corrections are about."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.accounts.models import Account
from linzhi.foundation.commands import Input
from linzhi.foundation.rights.models import Correction
from linzhi.kernel.refused import NotFound


class OnAccount(Input):
    """An act on one's own account."""

    account_id: int


class OnCorrection(Input):
    """An act on a correction."""

    correction_id: int


def load_account(cmd: OnAccount) -> Account:
    """The account, locked. Raises NotFound."""
    account = Account.objects.select_for_update().filter(pk=cmd.account_id).first()
    if account is None:
        raise NotFound(_("没有这个账号。"))
    return account


def load_correction(cmd: OnCorrection) -> Correction:
    """The correction, locked. Raises NotFound."""
    correction = Correction.objects.select_for_update().filter(pk=cmd.correction_id).first()
    if correction is None:
        raise NotFound(_("没有这件更正申请。"))
    return correction
