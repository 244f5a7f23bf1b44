"""The copied files and the sprite: complete, repeatable, and every icon in use is listed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from linzhi.web import assets
from linzhi.web.jinja import icon

SOURCE = Path(assets.__file__).resolve().parents[1]
ROOT = SOURCE.parents[1]
ICON_CALLS = re.compile(
    r"""\bicon\(\s*["']([a-z0-9-]+)["']|\bicon(?:_name)?["']?\s*[:=]\s*["']([a-z0-9-]+)["']|icons\.svg' %\}#i-([a-z0-9-]+)"""
)


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    folder = tmp_path / "node_modules"
    for source in assets.FILES.values():
        target = folder / source
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"a{}\n/*# sourceMappingURL=a.css.map */\n")
    outline = folder / "@tabler" / "icons" / "icons" / "outline"
    outline.mkdir(parents=True)
    for name in assets.icon_names():
        (outline / f"{name}.svg").write_text(
            '<svg\n class="x">\n<path stroke="none" d="M0 0h24v24H0z" fill="none" />\n  <path d="M1 1" />\n</svg>'
        )
    return folder


def test_a_second_run_writes_nothing(modules: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    assert assets.build(modules, vendor) == (len(assets.FILES) + 1, 0, 0)
    assert assets.build(modules, vendor) == (0, len(assets.FILES) + 1, 0)


def test_what_is_no_longer_listed_goes(modules: Path, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "old.js").write_text("1")
    assert assets.build(modules, vendor)[2] == 1
    assert not (vendor / "old.js").exists()


def test_source_maps_are_not_promised(modules: Path, tmp_path: Path) -> None:
    assets.build(modules, tmp_path / "vendor")
    assert b"sourceMappingURL" not in (tmp_path / "vendor" / "tabler.min.css").read_bytes()


def test_the_sprite_holds_every_icon_without_the_blank_square(modules: Path) -> None:
    made = assets.sprite(modules, ["phone", "bell"]).decode()
    assert made.count("<symbol") == 2
    assert '<symbol id="i-phone" viewBox="0 0 24 24"><path d="M1 1" /></symbol>' in made


def test_a_missing_icon_and_a_missing_npm_are_said_plainly(modules: Path, tmp_path: Path) -> None:
    with pytest.raises(assets.MissingAsset, match="no such icon: unicorn"):
        assets.sprite(modules, ["phone", "unicorn"])
    with pytest.raises(assets.MissingAsset, match="npm ci"):
        assets.build(tmp_path / "nowhere", tmp_path / "vendor")


def _used() -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for path in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")]:
        if "tests" in path.parts or "static" in path.parts:
            continue
        for groups in ICON_CALLS.findall(path.read_text(encoding="utf-8")):
            used.setdefault(next(g for g in groups if g), set()).add(path.name)
    return used


def test_every_icon_that_a_template_names_is_listed() -> None:
    unknown = {name: files for name, files in _used().items() if name not in assets.icon_names()}
    assert not unknown


def test_the_search_for_icons_finds_the_usual_ways_to_name_one() -> None:
    found = [
        next(g for g in groups if g) for groups in ICON_CALLS.findall("""icon("phone") icon_name="clock" {"icon": "gavel"} icon='bell'""")
    ]
    assert found == ["phone", "clock", "gavel", "bell"]


def test_the_list_is_in_order_and_has_no_double() -> None:
    assert assets.icon_names() == sorted(set(assets.icon_names()))


def test_an_icon_that_is_not_listed_is_refused_when_drawn() -> None:
    with pytest.raises(LookupError, match="unicorn"):
        icon("unicorn")


def test_the_npm_lock_file_names_no_host_to_fetch_from() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert all("resolved" not in package for package in lock["packages"].values())
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
