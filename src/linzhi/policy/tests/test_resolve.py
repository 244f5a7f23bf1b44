"""Look-ups on small packs: the nearest lawful value wins, and the answer says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from linzhi.kernel.refused import Refused
from linzhi.policy import load as loader
from linzhi.policy.remembered import forget
from linzhi.policy.resolve import describe, find, pack_for_code, pack_for_codes, resolve, said, snapshot, values
from linzhi.policy.tests.folders import sound

FIRST = """
    - key: vote.share
      title: 参与比例
      type: fraction
      override: raise
      description: 参与表决的比例。
      values:
        - {from: 2020-01-01, to: 2025-01-01, value: "1/2", source: law#1, entered: 2020-01-01}
        - {from: 2025-01-01, value: "3/4", source: law#2, entered: 2025-01-01}
    - key: vote.days
      title: 公示天数
      type: int
      unit: 天
      override: free
      default_local: true
      description: 公示的天数，文件没有规定。
      values:
        - {from: 2020-01-01, value: 7, local: true, entered: 2020-01-01}
"""
BELOW = """
    - key: vote.share
      values:
        - {from: 2021-01-01, value: "2/3", source: plan#一, entered: 2021-01-01, note: 原则上}
"""


@pytest.fixture(autouse=True)
def small_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(loader, "packs_folder", lambda: sound(tmp_path, cn__vote=FIRST, place__vote=BELOW))
    forget()
    yield
    forget()


def test_the_nearest_level_in_force_wins_and_the_chain_says_what_each_said() -> None:
    answer = resolve("vote.share", pack="place", on=date(2022, 1, 1))
    assert (answer.value, answer.pack, answer.level, answer.local) == (Fraction(2, 3), "place", "county", False)
    assert answer.source and (answer.source.source.title, answer.source.article) == ("某县方案", "一")
    assert [(step.pack, step.value, step.accepted) for step in answer.chain] == [
        ("cn", Fraction(1, 2), True),
        ("place", Fraction(2, 3), True),
    ]


def test_before_the_place_decided_the_nation_answers() -> None:
    assert resolve("vote.share", pack="place", on=date(2020, 12, 31)).pack == "cn"


def test_a_value_begins_on_its_first_day_and_ends_before_its_last() -> None:
    assert find("vote.share", pack="cn", on=date(2019, 12, 31)) is None
    assert resolve("vote.share", pack="cn", on=date(2020, 1, 1)).value == Fraction(1, 2)
    assert resolve("vote.share", pack="cn", on=date(2024, 12, 31)).value == Fraction(1, 2)
    assert resolve("vote.share", pack="cn", on=date(2025, 1, 1)).value == Fraction(3, 4)


def test_a_local_value_that_became_unlawful_loses_and_the_chain_says_so() -> None:
    answer = resolve("vote.share", pack="place", on=date(2025, 6, 1))
    assert (answer.value, answer.pack) == (Fraction(3, 4), "cn")
    assert (answer.chain[1].accepted, answer.chain[1].reason) == (False, "只能比上级的值高，不能低")


def test_a_local_setting_is_marked() -> None:
    answer = resolve("vote.days", pack="place", on=date(2026, 1, 1))
    assert (answer.value, answer.unit, answer.local, answer.source) == (7, "天", True, None)


def test_refuses_a_key_that_nobody_describes_and_offers_near_ones() -> None:
    with pytest.raises(Refused) as refused:
        resolve("vote.shares", pack="cn", on=date(2026, 1, 1))
    assert refused.value.code == "policy.unknown_key"
    assert refused.value.data["near"][0] == "vote.share"


def test_refuses_an_unknown_pack() -> None:
    with pytest.raises(Refused) as refused:
        resolve("vote.share", pack="plaice", on=date(2026, 1, 1))
    assert (refused.value.code, refused.value.data["near"]) == ("policy.unknown_pack", ["place"])


def test_refuses_where_no_level_sets_the_key() -> None:
    with pytest.raises(Refused) as refused:
        resolve("vote.share", pack="cn", on=date(2000, 1, 1))
    assert refused.value.code == "policy.not_set"
    assert [step.value for step in said("vote.share", pack="place", on=date(2000, 1, 1))] == [None, None]


def test_a_division_code_finds_the_pack_it_lies_in() -> None:
    assert [pack_for_code(code) for code in ("123456", "123456789", "123457", "12")] == ["place", "place", "cn", "cn"]
    assert pack_for_codes(["x-1", "123456001", "123456", "1234"]) == "place"
    assert pack_for_codes(["x-1"]) == "cn"
    assert resolve("vote.share", place="123456001", on=date(2022, 1, 1)).pack == "place"


def test_a_snapshot_is_plain_and_holds_what_was_not_set_too() -> None:
    taken = snapshot(["vote.share", "vote.days"], "place", date(2020, 6, 1))
    assert taken["values"]["vote.share"]["value"] == "1/2"
    assert taken["values"]["vote.share"]["source"]["article"] == "1"
    assert len(taken["digest"]) == 64
    assert snapshot(["vote.days"], "place", date(2019, 1, 1))["values"] == {"vote.days": None}


def test_several_values_at_once() -> None:
    assert values(["vote.days"], pack="place", on=date(2026, 1, 1)) == {"vote.days": 7}


def test_a_key_can_be_described_without_a_place() -> None:
    assert describe("vote.days")["title"] == "公示天数"


def test_a_value_in_force_is_one_object_however_often_it_is_asked() -> None:
    assert resolve("vote.days", pack="place", on=date(2026, 1, 1)) is resolve("vote.days", pack="place", on=date(2026, 5, 1))
