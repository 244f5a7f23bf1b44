"""看更正申请: its words are sealed; reading them is logged for the person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhi.foundation.commands import Context, command
from linzhi.foundation.privacy.opening import open_for
from linzhi.foundation.rights.commands.own import OnCorrection, load_correction
from linzhi.foundation.rights.models import Correction


class ReadCorrection(OnCorrection):
    """Which correction."""


@command("rights.read_correction", on=load_correction)
def read_correction(ctx: Context, cmd: ReadCorrection, correction: Correction) -> str:
    """The words of the correction, in clear. Refused to whoever isn't to answer it."""
    return open_for(ctx, correction, "text", purpose=_("核对更正申请"), concerns=correction.account_id)
