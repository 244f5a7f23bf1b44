"""The urls of the web layer alone, with stand-ins for what the domains bring."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from linzhi.kernel.refused import NotAllowed, Refused
from linzhi.web.render import page


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused("requests.closed", "这件事已经办结，不能再派。要重办，请先重新打开。", number="2611-0318")


def deny(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("requests.dispatch", "您在别的社区任职，管不到这里。")


def forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("这一页只给业主看。")


def crash(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


def take(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.body)))


def moved(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/components/")


def part(request: HttpRequest) -> HttpResponse:
    return page(request, "pages/part_sample.html", {"n": 3}, part="list")


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


urlpatterns = [
    path("", include("linzhi.web.urls")),
    path("home/", plain, name="home"),
    path("refuse/", refuse),
    path("api/v1/refuse/", refuse),
    path("deny/", deny),
    path("forbid/", forbid),
    path("crash/", crash),
    path("take/", take),
    path("moved/", moved),
    path("part/", part),
]

handler400 = "linzhi.web.errors.bad_request"
handler403 = "linzhi.web.errors.forbidden"
handler404 = "linzhi.web.errors.not_found"
handler500 = "linzhi.web.errors.server_error"
