"""The actions on imports. Each also asks for the register's own action at the place: these only say who works with sheets at all."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_job, open_to

SETUP = for_job("setup")
STAFF = SETUP + open_to(
    "grid_worker", "branch_secretary", "party_officer", "community_worker", "street_dispatcher", "county_officer", "administrator",
    "street_party_officer", "county_party_officer",
)  # fmt: skip

declare(
    Action("sheets.upload", _("上传台账"), STAFF),
    Action("sheets.map_columns", _("对应列名"), STAFF),
    Action("sheets.preview", _("检查台账"), STAFF),
    Action("sheets.take", _("导入台账"), STAFF),
    Action("sheets.stop", _("停下导入"), STAFF),
    Action("sheets.undo", _("撤销导入"), STAFF),
    Action("sheets.export", _("导出台账"), STAFF),
    Action("sheets.forget_file", _("删除导入的文件"), STAFF + for_job("sheets.forget")),
)
