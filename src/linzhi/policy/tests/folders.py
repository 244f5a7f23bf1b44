"""Small folders of packs for the tests: two levels, one source, one parameter."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

NATION = """
    name: cn
    level: nation
    title: 全国
    maintainer: 测试
    sources:
      law:
        title: 测试法
        issuer: 测试机关
        kind: law
        verified: true
        date: 2019-12-01
        in_force: 2020-01-01
        articles: ["1", "2"]
"""
COUNTY = """
    name: place
    level: county
    title: 某县
    parent: cn
    maintainer: 测试
    division_codes: ["123456"]
    sources:
      plan:
        title: 某县方案
        issuer: 某县
        kind: plan
        verified: true
"""
SHARE = """
    - key: vote.share
      title: 参与比例
      type: fraction
      override: raise
      description: 参与表决的比例。
      values:
        - {from: 2020-01-01, value: "2/3", source: law#1, entered: 2026-01-01}
"""


def write(folder: Path, **files: str) -> Path:
    """Write files into a folder of packs; `cn__pack` is `cn/pack.yaml`, `place__vote` is `place/parameters/vote.yaml`."""
    for name, text in files.items():
        pack, area = name.split("__")
        path = folder / pack / ("pack.yaml" if area == "pack" else f"parameters/{area}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def sound(folder: Path, **more: str) -> Path:
    """A sound folder, with some files replaced or added."""
    return write(folder, **{"cn__pack": NATION, "place__pack": COUNTY, "cn__vote": SHARE, **more})
