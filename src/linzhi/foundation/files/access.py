"""The actions on uploads. Who may see a file that is attached is decided by the area it is attached to."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_anyone, for_job, for_signed_in
from linzhi.foundation.access.scopes import Mine

declare(
    Action("files.store_upload", _("上传文件"), for_anyone()),
    Action("files.discard", _("删除没用上的文件"), for_signed_in(Mine("uploaded_by")) + for_job("files.sweep")),
)
