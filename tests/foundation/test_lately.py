"""Answers that may be two seconds old: asked again when they are older, and never older for who asks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from linzhi.foundation.statements import lately


@pytest.fixture
def moment(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The clock of the process, in seconds, to be moved; and a memory as outside tests."""
    settings.MODE = "demo"
    present = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: present[0])
    lately.forget()
    yield present
    lately.forget()


def test_an_answer_is_kept_for_two_seconds_and_no_longer(moment: list[float]) -> None:
    answers = iter(["槐安里", "新槐安里"])
    assert lately.lately("name", lambda: next(answers)) == "槐安里"
    moment[0] += lately.MAX_AGE_SECONDS - 0.1
    assert lately.lately("name", lambda: next(answers)) == "槐安里"
    moment[0] += 0.1
    assert lately.lately("name", lambda: next(answers)) == "新槐安里"


def test_only_what_has_not_been_asked_lately_is_asked_for(moment: list[float]) -> None:
    asked: list[list[int]] = []

    def names(wanted: list[int]) -> dict[int, str]:
        asked.append(wanted)
        return {n: f"{n}号" for n in wanted if n < 9}

    assert lately.lately_each("names", (1, 2, 2), names) == {1: "1号", 2: "2号"}
    assert lately.lately_each("names", (2, 3, 9), names) == {2: "2号", 3: "3号"}
    assert lately.lately_each("names", (9,), names) == {}
    assert asked == [[1, 2], [3, 9], [9]], "what there is no answer to is asked for again"


def test_answers_to_different_questions_are_kept_apart(moment: list[float]) -> None:
    assert lately.lately("one", lambda: 1) == 1
    assert lately.lately("two", lambda: 2) == 2


def test_what_fails_is_not_kept(moment: list[float]) -> None:
    with pytest.raises(ZeroDivisionError):
        lately.lately("broken", lambda: 1 // 0)
    assert lately.lately("broken", lambda: 7) == 7


def test_the_memory_does_not_grow_without_end(moment: list[float]) -> None:
    for n in range(lately.MOST + 10):
        lately.lately(("many", n), int)
    assert len(lately._said) <= lately.MOST


def test_tests_ask_every_time() -> None:
    answers = iter([1, 2])
    assert [lately.lately("again", lambda: next(answers)) for _ in range(2)] == [1, 2]
