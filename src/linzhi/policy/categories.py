"""The tree of kinds of matter that people report, and which kind of body is competent by default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from linzhi.policy.load import packs, validated
from linzhi.policy.pack import Pack, Packs
from linzhi.policy.problems import PacksRefused, Problem
from linzhi.policy.remembered import remembered
from linzhi.policy.schema import CategoryFile

DEPARTMENTS = "dispatch.department_map"


@dataclass(frozen=True)
class Category:
    """One kind of matter; `code` is `<group>.<kind>` and never changes. `department` is a row of `dispatch.department_map`."""

    code: str
    name: str
    group: str
    department: str
    words: tuple[str, ...]
    urgent: bool
    external: Mapping[str, str]


@dataclass(frozen=True)
class Group:
    """A first-level category with its kinds, in the order to show them."""

    code: str
    name: str
    words: tuple[str, ...]
    external: Mapping[str, str]
    children: tuple[Category, ...]


@dataclass(frozen=True)
class CategoryTree:
    """The whole tree of one pack."""

    pack: str
    groups: tuple[Group, ...]
    by_code: Mapping[str, Category]

    def get(self, code: str) -> Category | None:
        """The kind with this code, or None."""
        return self.by_code.get(code)

    def by_external(self, system: str, code: str) -> Category | None:
        """The kind that another system's code stands for, or None."""
        return next((item for item in self.by_code.values() if item.external.get(system) == code), None)

    def matches(self, text: str, most: int = 3) -> list[Category]:
        """The kinds whose words a text holds, the most telling first: a long word counts more than two short ones."""
        scores = {item.code: sum(len(word) ** 2 for word in (*item.words, item.name) if word in text) for item in self.by_code.values()}
        hits = sorted((code for code, score in scores.items() if score), key=lambda code: -scores[code])
        return [self.by_code[code] for code in hits[:most]]


@remembered
def categories(pack: str = "cn") -> CategoryTree:
    """The tree that a place with this pack uses: its own, or the nearest one above. Raises PacksRefused for a spoiled file."""
    for step in reversed(packs().chain(pack)):
        tree, problems = tree_in(step, packs())
        if problems:
            raise PacksRefused(tuple(problems))
        if tree is not None:
            return tree
    raise KeyError(pack)


def tree_in(pack: Pack, loaded: Packs) -> tuple[CategoryTree | None, list[Problem]]:
    """The tree written in one pack with what is wrong in it; no tree where the pack has none."""
    document = next((item for item in pack.documents if item.path.name == "categories.yaml"), None)
    if document is None:
        return None, []
    problems: list[Problem] = []
    file = validated(CategoryFile, document, document.data, (), problems)
    if file is None:
        return None, problems
    kinds = {kind for step in loaded.chain(pack.name) for value in step.values.get(DEPARTMENTS, ()) for kind in value.value}
    by_code: dict[str, Category] = {}
    groups: dict[str, Group] = {}
    for number, group in enumerate(file.categories):
        children = []
        for index, item in enumerate(group.children):
            code = f"{group.code}.{item.code}"
            place = ("categories", number, "children", index)
            if code in by_code:
                problems.append(document.problem(place, _("类别“%(code)s”重复。") % {"code": code}))
            if item.department not in kinds:
                message = _("类别“%(code)s”的承办单位“%(kind)s”没有登记在 dispatch.department_map。") % {
                    "code": code,
                    "kind": item.department,
                }
                problems.append(document.problem((*place, "department"), message))
            words, external = tuple(item.words), MappingProxyType(item.external)
            by_code[code] = Category(code, item.name, group.code, item.department, words, item.urgent, external)
            children.append(by_code[code])
        if group.code in groups:
            problems.append(document.problem(("categories", number), _("类别“%(code)s”重复。") % {"code": group.code}))
        groups[group.code] = Group(group.code, group.name, tuple(group.words), MappingProxyType(group.external), tuple(children))
    tree = CategoryTree(pack.name, tuple(groups.values()), MappingProxyType(by_code))
    return tree, problems
