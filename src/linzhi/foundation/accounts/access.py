"""The actions on accounts and who holds them."""

from django.utils.translation import gettext_lazy as _

from linzhi.foundation.access.actions import Action, declare, for_anyone, for_job, for_signed_in, open_to
from linzhi.foundation.access.scopes import Everywhere, Mine

_ADMINISTRATOR = open_to("administrator", scope=Everywhere())
_OWN = for_signed_in(Mine("pk"))

declare(
    Action("accounts.sign_up", _("注册账号"), for_job("accounts.sign_up")),
    Action("accounts.register", _("开设工作账号"), _ADMINISTRATOR + for_job("accounts.sign_up")),
    Action("accounts.invite", _("重发开通链接"), _ADMINISTRATOR + for_job("accounts.sign_up")),
    Action("accounts.accept_invitation", _("凭链接设置密码"), for_anyone()),
    Action("accounts.change_password", _("修改密码"), _OWN),
    Action("accounts.rename", _("修改显示名称"), _OWN + _ADMINISTRATOR),
    Action("accounts.link_phone", _("绑定手机号"), for_job("accounts.verify_phone")),
    Action("accounts.link_email", _("登记邮箱"), for_job("accounts.verify_email")),
    Action("accounts.forget_email", _("去掉邮箱"), _OWN),
    Action("accounts.sign_out_everywhere", _("退出所有设备"), _OWN + _ADMINISTRATOR),
    Action("accounts.deactivate", _("停用账号"), _OWN + _ADMINISTRATOR),
    Action("accounts.reset_second_factor", _("重置第二道验证"), _ADMINISTRATOR),
    Action("accounts.send_link", _("交付开通链接"), _ADMINISTRATOR),
    Action("accounts.view_account", _("查看账号"), _ADMINISTRATOR),
    Action("accounts.reactivate", _("恢复账号"), _ADMINISTRATOR),
    Action("accounts.issue_token", _("发放接口令牌"), _ADMINISTRATOR),
    Action("accounts.revoke_token", _("吊销接口令牌"), _ADMINISTRATOR),
    Action("accounts.forget_unverified", _("清除未验证的账号"), for_job("accounts.sweep")),
)
