"""The stand-alone counter finds what was changed after the vote, and says which part it was."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linzhi.domains.voting.rules import verify
from linzhi.domains.voting.rules.export import export_of, public_form, receipt_of
from linzhi.domains.voting.rules.vote import Ballot, Matter, RollUnit, Rules, Transfer, Vote

ROLL = [RollUnit(f"u{number}", 8000 + number, (f"owner {number}",), served=number != 5) for number in range(6)]
CAST = [Ballot(f"owner {number}", (f"u{number}",), "agree" if number < 3 else "oppose", 10 + number, number) for number in range(4)]
VOTE = Vote(Matter(4), ROLL, CAST, Rules("follow_majority", clause="议事规则第二十条"), transfers=[Transfer(50, "u0", ("buyer",))])


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    numbers = iter(range(100))
    return export_of(VOTE, "2026-1", key=b"secret", salt=lambda: f"{next(numbers):032x}")


def parts(export: dict[str, Any], **more: Any) -> set[str]:
    return {part for part, _sentence in verify.check(export, **more)}


def group_of(export: dict[str, Any], unit: int) -> dict[str, Any]:
    return next(one for one in export["roll"]["groups"] if one["area"] == 8000 + unit)


def turn(export: dict[str, Any]) -> None:
    export["ballots"][3]["choice"] = "agree"


def swap_voters(export: dict[str, Any]) -> None:
    first, last = export["ballots"][0], export["ballots"][3]
    first["voter"], last["voter"] = last["voter"], first["voter"]


def later(export: dict[str, Any]) -> None:
    export["ballots"][1]["t"] = 100


def drop(export: dict[str, Any]) -> None:
    del export["ballots"][3]


def stuff(export: dict[str, Any]) -> None:
    export["ballots"].append({**export["ballots"][0], "seq": 9, "choice": "agree", "salt": "f" * 32})


def enlarge(export: dict[str, Any]) -> None:
    group = group_of(export, 0)
    group["area"] = group["units"][0]["area"] = 9000


def enlarge_unit_only(export: dict[str, Any]) -> None:
    group_of(export, 0)["units"][0]["area"] = 9000


def give_away(export: dict[str, Any]) -> None:
    group_of(export, 4)["owners"] = group_of(export, 5)["owners"]


def two_heads(export: dict[str, Any]) -> None:
    group_of(export, 4)["heads"] = 2


def lower_quorum(export: dict[str, Any]) -> None:
    export["rules"]["law"]["quorum"] = "1/2"


def other_item(export: dict[str, Any]) -> None:
    export["rules"]["matter"]["item"] = 6


def other_rule(export: dict[str, Any]) -> None:
    export["rules"]["options"]["follow_floor"] = "1/2"


def no_clause(export: dict[str, Any]) -> None:
    export["rules"]["options"]["clause"] = ""


def serve(export: dict[str, Any]) -> None:
    export["proceedings"]["served"] = sorted(unit["id"] for group in export["roll"]["groups"] for unit in group["units"])


def extend(export: dict[str, Any]) -> None:
    export["proceedings"]["close"] = 1000


def no_transfer(export: dict[str, Any]) -> None:
    export["proceedings"]["transfers"] = []


def shorten_list(export: dict[str, Any]) -> None:
    del export["commitments"][0]


def reorder_list(export: dict[str, Any]) -> None:
    export["commitments"].reverse()


def other_root(export: dict[str, Any]) -> None:
    export["merkle_root"] = "0" * 64


def count_more(export: dict[str, Any]) -> None:
    export["result"]["strict"]["agree_heads"] += 1


def turn_result(export: dict[str, Any]) -> None:
    export["result"]["passed"] = not export["result"]["passed"]


def hide_strict(export: dict[str, Any]) -> None:
    export["result"]["strict"] = export["result"]["deemed"]


TAMPERED = [
    (turn, "ballot"), (swap_voters, "ballot"), (later, "ballot"), (drop, "ballot"), (stuff, "ballot"),
    (enlarge, "roll"), (enlarge_unit_only, "roll"), (give_away, "roll"), (two_heads, "roll"),
    (lower_quorum, "rules"), (other_item, "rules"), (other_rule, "rules"), (no_clause, "rules"),
    (serve, "proceedings"), (extend, "proceedings"), (no_transfer, "proceedings"),
    (shorten_list, "commitments"), (reorder_list, "commitments"), (other_root, "commitments"),
    (count_more, "result"), (turn_result, "result"), (hide_strict, "result"),
]  # fmt: skip


def test_an_export_that_nobody_touched_agrees(made: dict[str, Any]) -> None:
    assert verify.check(made) == verify.check(public_form(made), published=public_form(made)) == []
    assert verify.check(made, published=public_form(made)) == []


@pytest.mark.parametrize(("tamper", "part"), TAMPERED, ids=lambda one: getattr(one, "__name__", None))
def test_a_change_is_found_and_its_part_named(made: dict[str, Any], tamper: Callable[[dict[str, Any]], None], part: str) -> None:
    changed = copy.deepcopy(made)
    tamper(changed)
    assert part in parts(changed)


def test_a_changed_ballot_is_named_by_its_number(made: dict[str, Any]) -> None:
    changed = copy.deepcopy(made)
    turn(changed)
    assert any("第 3 票" in sentence for part, sentence in verify.check(changed) if part == "ballot")
    assert not any("第 2 票" in sentence for _part, sentence in verify.check(changed))


def rehash(export: dict[str, Any]) -> dict[str, Any]:
    """What somebody would do who knows the format: write every hash and the result anew."""
    export["commitments"] = sorted(verify.commitment(export["vote"], row) for row in export["ballots"])
    export["merkle_root"] = verify.merkle_root(export["commitments"])
    export["hashes"] = {name: verify.digest(export[name]) for name in ("rules", "roll", "proceedings")}
    export["result"] = verify.recount(export)
    return export


CONSISTENT = [turn, swap_voters, later, drop, stuff, enlarge, other_item, other_rule, serve, extend, no_transfer]


@pytest.mark.parametrize("tamper", CONSISTENT, ids=lambda one: one.__name__)
def test_a_file_written_anew_is_found_by_what_was_published(made: dict[str, Any], tamper: Callable[[dict[str, Any]], None]) -> None:
    changed = copy.deepcopy(made)
    tamper(changed)
    rehash(changed)
    assert verify.check(changed) == []
    assert parts(changed, published=public_form(made)) == {"published"}


def test_a_law_of_its_own_is_found_even_when_every_hash_is_written_anew(made: dict[str, Any]) -> None:
    changed = copy.deepcopy(made)
    lower_quorum(changed)
    assert parts(rehash(changed)) == {"rules"}


def test_the_hashes_put_up_at_the_opening_are_enough_to_find_another_roll(made: dict[str, Any]) -> None:
    changed = copy.deepcopy(made)
    enlarge(changed)
    opening = {"vote": made["vote"], "hashes": {"roll": made["hashes"]["roll"], "rules": made["hashes"]["rules"]}}
    assert [sentence for _part, sentence in verify.check(rehash(changed), published=opening)] == ["名册与公布的不同"]


def test_a_receipt_shows_that_the_ballot_is_in_the_list(made: dict[str, Any]) -> None:
    for seq in range(4):
        assert verify.check(public_form(made), receipt=receipt_of(made, seq)) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [({"choice": "agree"}, "改过"), ({"vote": "2026-2"}, "另一次"), ({"path": []}, "默克尔根")],
)
def test_a_receipt_that_does_not_fit_is_refused(made: dict[str, Any], change: dict[str, Any], word: str) -> None:
    found = verify.check(public_form(made), receipt={**receipt_of(made, 3), **change})
    assert [part for part, _sentence in found] == ["receipt"]
    assert word in found[0][1]


def test_a_ballot_that_was_left_out_of_the_list_is_found_by_its_receipt(made: dict[str, Any]) -> None:
    without = copy.deepcopy(made)
    del without["ballots"][3]
    found = verify.check(rehash(without), receipt=receipt_of(made, 3))
    assert found == [("receipt", "这一票不在选票清单里")]


def test_the_public_form_shows_no_ballot_no_salt_and_no_owner(made: dict[str, Any]) -> None:
    text = json.dumps(public_form(made))
    assert not any(row["salt"] in text or row["voter"] in text for row in made["ballots"])
    assert "owner" not in json.dumps(made["roll"]["groups"][0]["owners"])
    assert set(public_form(made)) == {
        "format", "version", "kind", "vote", "rules", "hashes", "commitments", "merkle_root", "result",
    }  # fmt: skip


def test_a_commitment_tells_nothing_without_its_salt() -> None:
    numbers = iter(range(100))
    again = export_of(VOTE, "2026-1", key=b"secret", salt=lambda: f"{next(numbers) + 50:032x}")
    numbers = iter(range(100))
    first = export_of(VOTE, "2026-1", key=b"secret", salt=lambda: f"{next(numbers):032x}")
    assert not set(again["commitments"]) & set(first["commitments"])
    assert again["result"] == first["result"]


@pytest.mark.parametrize("broken", [{}, {"format": "other"}, {"format": verify.FORMAT, "version": 99, "kind": "full"}])
def test_a_file_of_another_kind_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(verify.Unreadable):
        verify.check(broken)


def test_the_file_runs_alone_without_the_package(made: dict[str, Any], tmp_path: Path) -> None:
    alone = Path(shutil.copy(verify.__file__, tmp_path / "count_again.py"))
    good, bad, odd = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "odd.json"
    changed = copy.deepcopy(made)
    turn(changed)
    good.write_text(json.dumps(made), encoding="utf-8")
    bad.write_text(json.dumps(changed), encoding="utf-8")
    odd.write_text('{"format": 1.5}', encoding="utf-8")
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(alone)]
    answers = {
        file.stem: subprocess.run([*command, str(file)], capture_output=True, text=True, encoding="utf-8") for file in (good, bad, odd)
    }  # fmt: skip
    assert [answers[name].returncode for name in ("good", "bad", "odd")] == [0, 1, 2]
    assert "复核通过" in answers["good"].stdout
    assert "［选票］第 3 票" in answers["bad"].stdout
    assert "小数" in answers["odd"].stderr
