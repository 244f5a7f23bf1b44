"""What must hold of every pack that is shipped."""

from __future__ import annotations

import re
from datetime import date

import pytest

from linzhi.policy.folder import packs_folder
from linzhi.policy.load import load, packs
from linzhi.policy.methods import load_methods
from linzhi.policy.resolve import find

ON = date(2026, 9, 30)


def test_no_problem_and_no_finding() -> None:
    assert load(packs_folder())[1] == []


def test_every_value_has_a_source_or_is_marked_as_a_local_setting() -> None:
    for pack in packs().by_name.values():
        for key, dated in pack.values.items():
            assert all((value.cited is None) == value.local for value in dated), (pack.name, key)


def test_whatever_requests_need_is_set_for_every_pack_and_day_back_to_2000() -> None:
    keys = [key for key in packs().parameters if key.split(".")[0] in ("request", "sla", "dispatch", "escalation")]
    assert len(keys) > 30
    for pack in packs().by_name:
        for on in (date(2000, 1, 1), date(2011, 4, 2), ON):
            assert [key for key in keys if find(key, pack=pack, on=on) is None] == []


@pytest.mark.parametrize("pack", sorted(packs().by_name))
def test_limits_by_nature_cover_every_nature(pack: str) -> None:
    natures = find("request.natures", pack=pack, on=ON)
    assert natures is not None
    for key in ("request.handle.within", "dispatch.limits_by_type"):
        limits = find(key, pack=pack, on=ON)
        assert limits is not None and set(natures.value) <= set(limits.value)


@pytest.mark.parametrize("pack", sorted(packs().by_name))
def test_the_method_of_new_requests_exists(pack: str) -> None:
    if not load_methods():
        pytest.skip("no methods are written yet")
    answer = find("request.method", pack=pack, on=ON)
    assert answer is not None and answer.value in load_methods()


def test_only_the_demo_is_fictional_and_its_code_is_no_real_one() -> None:
    fictional = [pack for pack in packs().by_name.values() if pack.fictional]
    assert sorted(pack.name for pack in fictional) == ["demo", "demo-closed-loop", "demo-graded", "demo-plain"]
    assert all(code.startswith("99") for pack in fictional for code in pack.division_codes)


def test_files_are_small() -> None:
    for path in packs_folder().rglob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 400, path
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")) or path.name == "pack.yaml", path
