"""Fifty submissions at the same moment with one key make one request, each in a thread with a database connection of its own."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from tests.support.api_client import Answer, Api

COUNT = 50


def at_once(count: int, call: Callable[[int], Answer]) -> list[Answer]:
    """The answers of so many calls that all start when everybody is ready."""
    gate = threading.Barrier(count)

    def one(number: int) -> Answer:
        try:
            gate.wait()
            return call(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.parallel
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False], ids=["a program", "nobody known"])
def test_fifty_parallel_submissions_with_one_key_make_one_request(county: Any, known: bool) -> None:
    from linzhi.domains.requests.models import Request

    token = county.token("requests.report") if known else ""
    key, body = str(uuid.uuid4()), {"place_code": county.building.code, "text": "电梯停在三楼不动了。"}
    answers = at_once(COUNT, lambda _number: Api(token=token).post("/requests", body, key=key))
    assert {answer.status for answer in answers} == {201}
    assert len({json.dumps(answer.body, sort_keys=True) for answer in answers}) == 1
    assert Request.objects.count() == 1


@pytest.mark.parallel
@pytest.mark.django_db(transaction=True)
def test_parallel_reports_get_numbers_without_a_gap_or_a_double(county: Any) -> None:
    token = county.token("requests.report")
    answers = at_once(
        20, lambda number: Api(token=token).post("/requests", {"place_code": county.building.code, "text": f"第{number}件事"})
    )
    assert sorted(answer.body["number"][-4:] for answer in answers) == [f"{number:04d}" for number in range(1, 21)]
