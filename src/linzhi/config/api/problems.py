"""Every error of the API in one shape: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any

import pydantic
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import errors as ninja
from pydantic import BaseModel, Field

from linzhi.kernel.refused import Refused
from linzhi.web.errors import problem
from linzhi.web.forms import sentence

log = logging.getLogger("django.request")

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
SOURCES = {"body", "query", "path", "header", "cookie", "form", "file"}


class Problem(BaseModel):
    """What went wrong. `code` is stable and for programs, `detail` is for people, `field` names the input that is wrong."""

    type: str = Field(examples=["urn:linzhi:flow.not_now"])
    title: str
    status: int
    detail: str
    code: str = Field(examples=["flow.not_now"])
    field: str | None = None
    data: dict[str, Any] | None = Field(None, description="给程序看的事实；http.invalid 时 errors 是 {field, message} 的列表。")
    instance: str


def respond(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal as problem+json; a refusal for going too fast also says when to come again."""
    body = problem(refusal) | {"instance": request.path}
    text = json.dumps(body, ensure_ascii=False, default=str)
    response = HttpResponse(text, status=refusal.status, content_type="application/problem+json; charset=utf-8")
    if "retry_after" in refusal.data:
        response["Retry-After"] = str(refusal.data["retry_after"])
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    response["Cache-Control"] = "no-store"
    return response


def refusal_of(error: Exception) -> Refused:
    """Any error as a refusal: the one table of how they are told. What isn't foreseen is ours (500), is logged and says nothing."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, ninja.ValidationError):
        return invalid(error.errors)
    if isinstance(error, pydantic.ValidationError):
        return invalid(error.errors(include_url=False, include_input=False))
    if isinstance(error, Http404):
        return Refused("http.404", _("没有这个地址，或者没有这样东西。"), status=404)
    if isinstance(error, PermissionDenied):
        return Refused("http.403", _("您现在的身份没有这项权限。"), status=403)
    if isinstance(error, TOO_BIG):
        return Refused("http.413", _("送来的内容太大了。"), status=413)
    if isinstance(error, DataError | OverflowError):
        return Refused("http.invalid", _("有一项的数字太大，或者内容存不下。"), status=422)
    if isinstance(error, ninja.AuthenticationError):
        return Refused("api.sign_in", _("请先登录，或者带上程序的令牌。"), status=401)
    if isinstance(error, ninja.HttpError):
        return Refused(f"http.{error.status_code}", _("收到的内容读不懂，请检查格式。"), status=error.status_code)
    return Refused("http.500", _("我们这边出错了，错误已经记下来。请过几分钟再试。"), status=500)


def invalid(errors: Iterable[Any]) -> Refused:
    """Inputs that don't fit, each as {field, message} in Chinese."""
    found = [{"field": _field(error["loc"]), "message": sentence(error)} for error in errors]
    detail = _("有 %(n)d 处填得不对，请按提示修改。") % {"n": len(found)}
    return Refused("http.invalid", detail, status=422, field=found[0]["field"] if found else None, errors=found)


def _field(loc: tuple[Any, ...]) -> str:
    """`body.<parameter>.photos.0` is `photos.0` to the client."""
    parts = [str(part) for part in loc]
    if parts and parts[0] in SOURCES:
        drop = 2 if parts[0] == "body" else 1
        parts = parts[drop:] or parts[-1:]
    return ".".join(parts)


def not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """405 with the methods that there are."""
    refusal = Refused("http.405", _("这个地址不能这样用，只能用 %(methods)s。") % {"methods": response["Allow"]}, status=405)
    answer = respond(request, refusal)
    answer["Allow"] = response["Allow"]
    return answer


def handle(request: HttpRequest, error: Exception) -> HttpResponse:
    """The one exception handler of the API."""
    refusal = refusal_of(error)
    if refusal.status >= 500:
        log.exception("%s %s", request.method, request.path, exc_info=error)
    return respond(request, refusal)
