"""Error pages say what happened, why and what to do; programs get problem+json; none asks the database."""

from __future__ import annotations

import json

import pytest
from django.test import Client, RequestFactory

from linzhi.web import errors, shell


@pytest.fixture
def quiet() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def _no_shell_from_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(request: object) -> shell.Shell:
        raise AssertionError("an error page asked for the shell")

    monkeypatch.setattr(shell, "provider", refuse)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nowhere/", 404, "没有找到这一页"),
        ("/refuse/", 409, "这件事已经办结，不能再派。"),
        ("/deny/", 403, "您在别的社区任职，管不到这里。"),
        ("/forbid/", 403, "这一页只给业主看。"),
        ("/crash/", 500, "我们这边出错了"),
    ],
)
def test_an_error_page_says_what_and_leads_home(quiet: Client, path: str, status: int, says: str) -> None:
    answer = quiet.get(path)
    html = answer.content.decode()
    assert answer.status_code == status
    assert says in html and 'href="/home/"' in html and html.count("<h1") == 1
    assert "Traceback" not in html and "a fault of ours" not in html


def test_a_program_gets_the_same_refusal_as_problem_json(client: Client) -> None:
    answer = client.get("/api/v1/refuse/")
    assert answer.status_code == 409
    assert answer["Content-Type"].startswith("application/problem+json")
    body = json.loads(answer.content)
    assert body["code"] == "requests.closed" and body["data"] == {"number": "2611-0318"} and "办结" in body["detail"]
    assert json.loads(client.get("/api/v1/nowhere/").content)["status"] == 404


def test_htmx_gets_a_note_and_keeps_what_was_typed(client: Client) -> None:
    answer = client.get("/refuse/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#lz-notes"
    assert answer.content.decode().startswith('<div class="lz-alert lz-alert--bad" role="alert">')


def test_a_body_that_is_too_large_is_called_that(client: Client, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10  # type: ignore[attr-defined]
    answer = client.post("/take/", "x" * 100, content_type="text/plain")
    assert answer.status_code == 413 and "文件太大了" in answer.content.decode()


def test_too_many_calls_say_when_to_come_back() -> None:
    answer = errors.too_many(RequestFactory().get("/"), 30)
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert errors.too_large(RequestFactory().get("/")).status_code == 413


def test_an_old_form_is_explained(settings: object) -> None:
    settings.CSRF_FAILURE_VIEW = "linzhi.web.errors.csrf_failed"  # type: ignore[attr-defined]
    answer = Client(enforce_csrf_checks=True).post("/take/", {"a": "1"})
    assert answer.status_code == 403 and "为了安全，这次没有送出" in answer.content.decode()


def test_when_even_the_error_page_breaks_there_are_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(errors, "page", broken)
    answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500 and "请过几分钟再试" in answer.content.decode()
