"""The stories in the packs come true: readable by a lawyer, run by the machine."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import Field, model_validator

from linzhi.policy.folder import packs_folder
from linzhi.policy.load import packs, validated
from linzhi.policy.problems import Problem
from linzhi.policy.resolve import find
from linzhi.policy.schema import Shut
from linzhi.policy.values import parse
from linzhi.policy.yaml_lines import read


class Then(Shut):
    """What the look-up must answer; what isn't named isn't asked."""

    value: Any = None
    level: str | None = None
    source: str | None = None
    local: bool = False
    unset: bool = False


class Story(Shut):
    """For a pack or a division code, on a day, a key has a value."""

    story: str
    pack: str | None = None
    place: str | None = None
    on: datetime.date = Field(alias="date")
    key: str
    then: Then

    @model_validator(mode="after")
    def _one_place(self) -> Story:
        if (self.pack is None) == (self.place is None):
            raise ValueError("a story names a pack or a place")
        return self


def stories() -> list[Any]:
    found = []
    for path in sorted(packs_folder().glob("*/stories/*.yaml")):
        if path.name == "matter-types.yaml":
            continue  # told in policy/tests/test_matter_types.py
        document, problems = read(path)
        assert document and not problems, problems
        for number, item in enumerate(document.data):
            wrong: list[Problem] = []
            story = validated(Story, document, item, (number,), wrong)
            assert story, wrong
            found.append(pytest.param(story, path, id=f"{path.parent.parent.name}: {story.story}"))
    return found


@pytest.mark.parametrize(("story", "path"), stories())
def test_story(story: Story, path: Path) -> None:
    answer = find(story.key, on=story.on, pack=story.pack, place=story.place)
    then = story.then
    if then.unset:
        assert answer is None
        return
    assert answer is not None
    assert answer.value == parse(packs().parameters[story.key].shape, then.value)
    if then.level:
        assert answer.level == then.level
    if then.source:
        assert answer.source and f"{answer.source.source.id}#{answer.source.article}" == then.source
        return
    if then.local:
        assert answer.local and answer.source is None


def test_every_pack_has_stories() -> None:
    told = {path.parent.parent.name for path in packs_folder().glob("*/stories/*.yaml")}
    assert told == set(packs().by_name)
