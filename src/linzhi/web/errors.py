"""Error pages: what happened, why, what to do, and a way home. Under /api the same as problem+json.

Point Django's handlers here (`handler400` ... in the root urls, `CSRF_FAILURE_VIEW` in the settings).
None of these pages asks the database: they are shown with an empty shell.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from linzhi.kernel.refused import Refused
from linzhi.web.render import page
from linzhi.web.shell import NOBODY

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@dataclass(frozen=True)
class Said:
    """The words of an error page."""

    title: str
    why: str
    todo: str
    icon: str = "alert-circle"


def _said(status: int) -> Said:
    if status == 400:
        return Said(
            _("这一步没走通"), _("收到的内容不完整，或者页面放得太久了。"), _("请回上一页，刷新后再试。您填的内容如果还在，先复制下来。")
        )
    if status == 401:
        return Said(_("请先登录"), _("这里要知道您是谁。"), _("登录之后再试。"), "lock")
    if status == 405:
        return Said(_("这个地址不能这样用"), _("用的方法不对。"), _("请从首页重新找。"))
    if status == 422:
        return Said(_("有内容要改一改"), _("有的地方填得不对。"), _("请按提示修改后再送。"))
    if status == 403:
        return Said(_("这里您还不能进"), _("您现在的身份没有这项权限。"), _("换个身份登录，或请社区帮您开通。"), "lock")
    if status == 404:
        return Said(_("没有找到这一页"), _("网址不对，或者它已经不公开了。"), _("请核对编号，或从首页重新找。"), "map-pin")
    if status == 409:
        return Said(_("这一步现在不能办"), _("事情的情况已经变了，可能别人刚办过。"), _("请刷新看看最新的情况。"), "refresh")
    if status == 413:
        return Said(_("文件太大了"), _("一次送来的照片或文件超过了上限。"), _("请少选几张，或用小一点的照片再送。"), "photo")
    if status == 429:
        return Said(_("点得太快了"), _("短时间里同一个操作次数太多。"), _("请等一会儿再试。事情紧急，请直接打电话。"), "clock")
    return Said(_("我们这边出错了"), _("不是您的问题，错误已经记下来。"), _("请过几分钟再试。事情紧急，请直接打电话。"), "tools")


def problem(refusal: Refused) -> dict[str, Any]:
    """A refusal as the body of problem+json: type, title, status, detail, code, field, data."""
    body: dict[str, Any] = {
        "type": f"urn:linzhi:{refusal.code}",
        "title": _said(refusal.status).title,
        "status": refusal.status,
        "detail": refusal.message,
        "code": refusal.code,
    }
    if refusal.field:
        body["field"] = refusal.field
    if refusal.data:
        body["data"] = refusal.data
    return body


def _problem_response(body: dict[str, Any]) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, default=str)
    return HttpResponse(text, status=body["status"], content_type="application/problem+json; charset=utf-8")


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks, and so gets JSON."""
    return request.path.startswith("/api/")


def _answer(request: HttpRequest, status: int, said: Said, code: str = "") -> HttpResponse:
    if is_api(request):
        kind = code or f"http.{status}"
        body = {"type": f"urn:linzhi:{kind}", "title": said.title, "status": status, "detail": said.why, "code": kind}
        return _problem_response(body | {"instance": request.path})
    context = {"said": said, "status": status, "code": code, "here": request.get_full_path()}
    headers = {}
    if getattr(request, "htmx", None) and not request.htmx.boosted:  # type: ignore[attr-defined]
        # The rest of the page stays as it is: nothing that was typed is lost.
        headers = {"HX-Retarget": "#lz-notes", "HX-Reswap": "innerHTML show:top"}
    return page(request, "errors/error.html", context, part="note", status=status, headers=headers, shell=NOBODY)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal as a page that says why in the refusal's own words."""
    if is_api(request):
        return _problem_response(problem(refusal) | {"instance": request.path})
    usual = _said(refusal.status)
    return _answer(request, refusal.status, Said(usual.title, refusal.message, _todo(refusal, usual), usual.icon), refusal.code)


def _todo(refusal: Refused, usual: Said) -> str:
    # A refusal says itself what to do; only a bare "not allowed" or "not found" gets our advice.
    return usual.todo if refusal.status in (403, 404, 429) else ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when the body was larger than the settings allow."""
    status = 413 if isinstance(exception, TOO_BIG) else 400
    return _answer(request, status, _said(status))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; a reason given with PermissionDenied is shown."""
    usual = _said(403)
    reason = str(exception) if exception and str(exception) else usual.why
    return _answer(request, 403, Said(usual.title, reason, usual.todo, usual.icon))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, without saying whether the thing exists for others."""
    return _answer(request, 404, _said(404))


def too_large(request: HttpRequest) -> HttpResponse:
    """413, for views that read a body themselves."""
    return _answer(request, 413, _said(413))


def too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """429 with Retry-After in seconds."""
    response = _answer(request, 429, _said(429))
    response["Retry-After"] = str(seconds)
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is missing or old."""
    said = Said(
        _("为了安全，这次没有送出"),
        _("页面放得太久了，或者浏览器不让存 Cookie。"),
        _("请回上一页刷新，再送一次。内容较长的，先复制下来。"),
        "shield-lock",
    )
    return _answer(request, 403, said, "http.csrf")


LAST_RESORT = (
    "<!doctype html><html lang=zh-Hans><meta charset=utf-8><title>出错了</title>"
    "<h1>我们这边出错了</h1><p>请过几分钟再试。<p><a href=/>回首页</a></html>"
)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; if even this page can't be drawn, plain words."""
    try:
        return _answer(request, 500, _said(500))
    except Exception:  # noqa: BLE001 - the last resort must not fail itself
        return HttpResponse(LAST_RESORT, status=500)
