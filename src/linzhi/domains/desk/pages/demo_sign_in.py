"""演示：选一个人进入. The row of synthetic people, each entered by one click; outside the demo neither address exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linzhi.foundation.accounts import queries as accounts
from linzhi.foundation.accounts.models import Account
from linzhi.web.render import page

# By heading: what somebody is, and what there is to see as them. In the order in which one would try them.
ROW: dict[Any, dict[str, tuple[Any, Any]]] = {
    _("住在这里的人"): {
        "resident": (_("居民"), _("报个事，看进展，说解决没解决")),
        "owner": (_("业主"), _("房子租出去了，自己不住这里")),
        "tenant": (_("租户"), _("打了低分，等着答复")),
        "building_head": (_("楼栋长"), _("替邻居登记，看本楼的事")),
        "committee_member": (_("业委会成员"), _("核查办得怎么样，督办")),
        "branch_secretary": (_("小区党支部书记"), _("看小区的事，督办")),
    },
    _("一线办事的人"): {
        "grid_worker": (_("网格员"), _("今天的任务：响应、派单、吹哨、核查")),
        "property_handler": (_("物业经办人"), _("签收、办理、反馈，或者退单")),
        "community_worker": (_("社区工作人员"), _("受理、回访、答复低分")),
        "party_officer": (_("社区党务工作者"), _("党组织组建，书记备案")),
    },
    _("街道、部门和区里"): {
        "street_dispatcher": (_("街道派单员"), _("吹哨的事按职责派给部门")),
        "department_handler": (_("部门经办人"), _("承接派来的事，限时办理")),
        "street_party_officer": (_("街道党务工作者"), _("批复小区党组织")),
        "county_party_officer": (_("党务主管部门"), _("备案，看全区党组织")),
        "county_officer": (_("区级主管"), _("看板、督办、热线工单")),
        "administrator": (_("系统管理员"), _("权限解释")),
    },
}


@dataclass(frozen=True)
class Somebody:
    """One of the row: the account, what they are, and what there is to see."""

    account: Account
    role: Any
    sees: Any = ""


def _row() -> list[tuple[Any, list[Somebody]]]:
    """The people by heading; somebody with a role of another name stands last."""
    people = {account.demo_role: account for account in accounts.demo_accounts()}
    found = [(title, [Somebody(people.pop(key), *words) for key, words in roles.items() if key in people]) for title, roles in ROW.items()]
    found.append((_("别的人"), [Somebody(account, role) for role, account in people.items()]))
    return [(title, group) for title, group in found if group]


@never_cache
@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The people one can be. 404 outside the demo."""
    if not settings.DEMO:
        raise Http404
    return page(request, "desk/demo_sign_in.html", {"row": _row()})


@require_POST
def sign_in(request: HttpRequest, account_id: int) -> HttpResponse:
    """Sign in as one of them. 404 outside the demo and for everybody who isn't in the row."""
    if not settings.DEMO:
        raise Http404
    person = next((account for account in accounts.demo_accounts() if account.pk == account_id), None)
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect("/")
