"""Who exercises these rights: the person for themself; the place answers; jobs remove what is due."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_job, for_signed_in, open_to
from linzhi.foundation.access.scopes import Mine, Where

_ANSWERING = open_to("community_worker") + open_to("administrator", scope=Where("path", ""))
"""Administrators look into what concerns only an account: such a correction has no place."""

declare(
    Action("rights.export", _("导出我的信息"), for_signed_in(Mine("pk"))),
    Action("rights.ask_correction", _("申请更正"), for_signed_in()),
    Action("rights.read_correction", _("看更正申请"), _ANSWERING),
    Action("rights.answer_correction", _("答复更正申请"), _ANSWERING),
    Action("rights.erase", _("注销并删除我的信息"), for_signed_in(Mine("pk"))),
    Action("rights.replay_erasure", _("恢复备份后重新删除"), for_job("rights.replay")),
    Action("rights.place_hold", _("依法暂停删除"), open_to("county_officer")),
    Action("rights.lift_hold", _("恢复按期删除"), open_to("county_officer")),
    Action("rights.apply_retention", _("到期删除"), for_job("rights.retention")),
    Action("rights.begin_rotation", _("开始换密钥"), for_job("keys")),
    Action("rights.drop_keys", _("去掉旧密钥"), for_job("keys")),
)
