"""Pictures of methods: straight main line, exceptions in lanes that don't overlap, everything also in words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhi.web import picture_layout as layout
from linzhi.web.pages.components import METHOD_EDGES, METHOD_NODES
from linzhi.web.picture import EdgeRow, NodeRow, draw_method


def arrange(nodes: list[NodeRow], edges: list[EdgeRow], current: str | None = None) -> layout.Drawn:
    return layout.arrange(nodes, edges, now_word="现在", current=current)


def test_the_main_line_is_the_longest_way_from_the_first_step() -> None:
    assert arrange(METHOD_NODES, METHOD_EDGES).main == [
        "report",
        "accept",
        "dispatch",
        "sign",
        "handle",
        "feedback",
        "verify",
        "close",
        "visit",
    ]


def test_plates_of_the_main_line_lie_at_one_height_and_apart() -> None:
    drawn = arrange(METHOD_NODES, METHOD_EDGES)
    plates = [next(p for p in drawn.plates if p.id == name) for name in drawn.main]
    assert len({p.y for p in plates}) == 1
    assert all(b.x - a.x >= layout.PLATE + layout.GAP for a, b in itertools.pairwise(plates))
    assert max(p.x for p in drawn.plates) + layout.PLATE <= drawn.width


def test_what_stays_in_its_step_is_listed_in_words_and_merged() -> None:
    drawn = arrange(METHOD_NODES, METHOD_EDGES)
    assert [(r.source, r.label) for r in drawn.listed] == [("handle", "延期、协办、督办")]


def test_too_many_exceptions_are_listed_instead_of_drawn_over_each_other() -> None:
    nodes: list[NodeRow] = [(str(i), f"第{i}步", "", "step") for i in range(12)]
    edges: list[EdgeRow] = [(str(i), str(i + 1), "", "main") for i in range(11)]
    edges += [(str(11), str(i), f"退{i}", "exception") for i in range(11)]
    drawn = arrange(nodes, edges)
    assert len(drawn.lanes) + len(drawn.listed) == 11
    assert drawn.listed


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=24))
def test_any_method_is_drawn_with_every_exception_once(pairs: list[tuple[int, int]]) -> None:
    nodes: list[NodeRow] = [(str(i), f"第{i}步", "两小时", "step") for i in range(10)]
    edges: list[EdgeRow] = [(str(i), str(i + 1), "", "main") for i in range(6)]
    edges += [(str(a), str(b), f"{a}到{b}", "exception") for a, b in pairs]
    drawn = arrange(nodes, edges, "3")
    drawn_routes = [(lane[0].source, lane[0].target) for lane in drawn.lanes] + [(r.source, r.target) for r in drawn.listed]
    assert sorted(drawn_routes) == sorted({(str(a), str(b)) for a, b in pairs})
    assert all(p.x >= 0 and p.x + layout.PLATE <= drawn.width and p.y >= 0 and p.y + p.height <= drawn.height for p in drawn.plates)


def test_chinese_wraps_at_spaces_first_never_after_a_figure_nor_before_a_stop() -> None:
    assert layout.wrap("承办单位 3 个工作日", 12, 84) == ["承办单位", "3 个工作日"]
    assert layout.wrap("居民、网格员、业委会，都可", 12, 72) == ["居民、网格员、", "业委会，都可"]
    assert layout.wrap("", 12, 84) == []


def test_the_picture_has_a_title_a_description_and_the_same_as_a_list() -> None:
    made = draw_method(METHOD_NODES, METHOD_EDGES, "handle")
    assert '<title id="flow-' in made and "<desc " in made and "现在在“处置”。" in made
    assert made.count('<li class="is-') == len(METHOD_NODES) and 'aria-current="step"' in made
    assert "退单 → 派遣" in made and "→ 不予受理" in made


def test_the_current_step_differs_by_shape_and_word_not_by_colour_alone() -> None:
    made = draw_method(METHOD_NODES, METHOD_EDGES, "sign")
    assert made.count("lz-flow__inner") == 1 and '<span class="lz-flow__now">现在</span>' in made


def test_labels_are_escaped() -> None:
    made = draw_method([("a", "<b>", "", "step"), ("c", "&", "", "end")], [("a", "c", "<i>", "main")])
    assert "<b>&lt;" in made and "<i>" not in made


def test_an_edge_to_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="no such step: z"):
        draw_method([("a", "甲", "", "step")], [("a", "z", "", "main")])
    with pytest.raises(ValueError, match="no such step: y"):
        draw_method([("a", "甲", "", "step")], [], "y")
