"""The API itself: routers of the parts, authentication, errors, and its description."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any, cast

from django.http import Http404, HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.datastructures import MultiValueDict
from ninja import NinjaAPI
from ninja import errors as ninja_errors
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from linzhi.config.api import problems
from linzhi.config.api.auth import Session, Token, nobody
from linzhi.domains.bodies.api import router as bodies
from linzhi.domains.compliance.api import router as compliance
from linzhi.domains.people.api import router as people
from linzhi.domains.places.api import router as places
from linzhi.domains.requests.api import router as requests
from linzhi.foundation.files.api import router as files
from linzhi.policy.api import router as policy

PREFIX = "api/v1/"
NUL = ninja_errors.HttpError(400, "NUL")

DESCRIPTION = """邻治的接口。

- **身份**：程序带 `Authorization: Bearer lz_…`（每个程序一个令牌，令牌写明能做哪些操作）；登录的人用会话，写操作还要带 `X-CSRFToken`；
  对所有人开放的操作不带身份也能用，未登录的写操作按来源限次。
- **一个名字**：操作的 operationId 就是命令、权限和审计里的名字，例如 `requests.dispatch`。
- **重发**：写操作带 `Idempotency-Key`，断网重发不会办两次。
- **翻页**：答复里的 `next` 原样放进 `cursor`；翻页期间来了新的，也不会重复或漏掉。
- **出错**：一律是 `application/problem+json`，`code` 给程序判断，`detail` 给人看。
- **个人信息**：联系方式一律打码；确需联系时用 `requests.reveal_contact`，写明用途，每次查看都记下来、本人看得到。
"""


class StrictParser(Parser):
    """JSON and query strings without the NUL character, which PostgreSQL can't keep."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as an object. Raises HttpError (400) for what isn't JSON, or not an object."""
        body = super().parse_body(request)
        if not isinstance(body, dict) or "\\u0000" in request.body.decode("utf-8", "replace"):
            raise NUL
        return body

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        """The query as a dictionary. Raises HttpError (400) for a NUL."""
        found = super().parse_querydict(data, list_fields, request)
        if any("\x00" in str(value) for value in found.values()):
            raise NUL
        return found


class Api(NinjaAPI):
    """NinjaAPI with one shape of errors, also for a wrong method, and a description that says so."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = _guarded(pattern.callback)
        return patterns

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        """The description; every operation may answer with a problem, and one open to anyone needs no security."""
        schema = super().get_openapi_schema(path_prefix=path_prefix or PREFIX, path_params=path_params)
        schema["components"]["schemas"]["Problem"] = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        problem = {
            "description": "没有办成；为什么、怎么办，见 detail。",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = problem
                operation["security"] = [*operation.get("security", []), {}]
        return schema


def _guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Http404 as error:
            return problems.handle(request, error)
        if response.status_code == 405:
            return problems.not_allowed(request, cast(HttpResponse, response))
        response.setdefault("Cache-Control", "private, no-store")
        return response

    # auth.Session refuses staff without a second factor; the middleware would answer with a redirect to a page.
    answer.asks_second_factor = True  # type: ignore[attr-defined]
    return answer


api = Api(
    title="邻治", version="1", description=DESCRIPTION, urls_namespace="api", docs_url=None,
    auth=[Token(), Session(), nobody], parser=StrictParser(),
)  # fmt: skip
for _error in (Exception, Http404, ninja_errors.HttpError, ninja_errors.ValidationError):
    api.add_exception_handler(_error, cast(Any, problems.handle))
api.add_router("", requests)
api.add_router("", places)
api.add_router("", people)
api.add_router("", bodies)
api.add_router("", compliance)
api.add_router("", policy)
api.add_router("", files)


def description() -> str:
    """The OpenAPI description as docs/openapi.json holds it."""
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
