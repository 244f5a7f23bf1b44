"""The tree of categories and the methods, as shipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from linzhi.policy import load as loader
from linzhi.policy.categories import categories, tree_in
from linzhi.policy.load import load
from linzhi.policy.methods import load_methods, methods_of
from linzhi.policy.remembered import forget
from linzhi.policy.resolve import resolve
from linzhi.policy.tests.folders import sound


def test_the_tree_has_two_levels_and_every_kind_a_competent_body() -> None:
    tree = categories("demo")
    assert len(tree.groups) == 12
    assert all(6 <= len(group.children) <= 10 for group in tree.groups)
    bodies = resolve("dispatch.department_map", pack="demo", on=date(2026, 1, 1)).value
    assert {item.department for item in tree.by_code.values()} <= set(bodies)


def test_words_in_a_text_find_the_kind() -> None:
    tree = categories()
    assert tree.matches("三号楼电梯又坏了，有人被困在里面")[0].code == "elevator.trapped"
    assert tree.matches("有人在楼道里飞线充电")[0].code == "safety.flying_wire"
    assert tree.matches("你好") == []


def test_danger_is_marked_urgent() -> None:
    assert categories().by_code["utility.gas"].urgent
    assert not categories().by_code["sanitation.cleaning"].urgent


def test_a_kind_with_an_unknown_body_or_code_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    sound(tmp_path)
    text = "categories:\n  - code: a\n    name: 甲\n    children:\n"
    text += "      - {code: b, name: 乙, department: nobody}\n      - {code: b, name: 丙, department: nobody}\n"
    (tmp_path / "cn" / "categories.yaml").write_text(text, encoding="utf-8")
    loaded, _problems = load(tmp_path)
    lines = [(problem.line, problem.message[:12]) for problem in tree_in(loaded.by_name["cn"], loaded)[1]]
    assert [line for line, _message in lines] == [5, 6, 6]


def test_another_systems_code_finds_the_kind(tmp_path: Path) -> None:
    sound(tmp_path)
    text = "categories:\n  - code: a\n    name: 甲\n    children:\n      - {code: b, name: 乙, department: x, external: {hot: '0102'}}\n"
    (tmp_path / "cn" / "categories.yaml").write_text(text, encoding="utf-8")
    loaded, _problems = load(tmp_path)
    tree, _found = tree_in(loaded.by_name["cn"], loaded)
    assert tree is not None
    found = tree.by_external("hot", "0102")
    assert found is not None and found.code == "a.b"
    assert tree.by_external("hot", "9") is None


def test_methods_are_handed_over_as_written_with_an_id_and_a_digest(tmp_path: Path) -> None:
    sound(tmp_path)
    for pack, name in (("cn", "request"), ("cn", "plain"), ("place", "request")):
        (tmp_path / pack / "methods").mkdir(exist_ok=True)
        (tmp_path / pack / "methods" / f"{name}.yaml").write_text(f"title: {pack}\n", encoding="utf-8")
    loaded, problems = load(tmp_path)
    assert problems == []
    methods = load_methods(loaded)
    assert sorted(methods) == ["cn/plain", "cn/request", "place/request"]
    assert methods["place/request"].data == {"title": "place"}
    assert len(methods["cn/plain"].digest) == 64


def test_the_nearest_method_of_a_name_serves_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound(tmp_path)
    for pack, name in (("cn", "request"), ("cn", "plain"), ("place", "request")):
        (tmp_path / pack / "methods").mkdir(exist_ok=True)
        (tmp_path / pack / "methods" / f"{name}.yaml").write_text("title: 办法\n", encoding="utf-8")
    monkeypatch.setattr(loader, "packs_folder", lambda: tmp_path)
    forget()
    try:
        assert {name: method.id for name, method in methods_of("place").items()} == {"request": "place/request", "plain": "cn/plain"}
        assert methods_of("cn")["request"].id == "cn/request"
    finally:
        forget()
