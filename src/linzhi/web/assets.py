"""Copies an allow-list of front-end files from node_modules into `static/vendor/` and builds the icon sprite.

Run `npm ci`, then `python -m linzhi.web.assets`. It needs no Django, changes nothing that is up to date,
and removes what is no longer on the list, so it can be run again at any time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "static" / "vendor"
ICONS = HERE / "icons.txt"

FILES: Mapping[str, str] = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet/images/layers.png": "leaflet/dist/images/layers.png",
    "leaflet/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "leaflet/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "leaflet/images/marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "leaflet/images/marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
    "licences/echarts.txt": "echarts/LICENSE",
    "licences/echarts-notice.txt": "echarts/NOTICE",
    "licences/leaflet.txt": "leaflet/LICENSE",
    "licences/tabler-icons.txt": "@tabler/icons/LICENSE",
}
# Only the browser tests need these; an installation without them works.
DEV_FILES: Mapping[str, str] = {"axe.min.js": "axe-core/axe.min.js"}

SOURCE_MAP = re.compile(rb"\n?(/\*|//)# sourceMappingURL=[^\n*]*(\*/)?\s*$")
INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
BLANK_PATH = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')


class MissingAsset(Exception):
    """A file that the list names isn't in node_modules."""


def icon_names(listing: Path = ICONS) -> list[str]:
    """The icons that templates may use, in the order of `icons.txt`; blank lines and `#` comments don't count."""
    lines = (line.split("#")[0].strip() for line in listing.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def symbol(name: str, svg: str) -> str:
    """One Tabler outline icon as a `<symbol>` of the sprite; colour and stroke come from the stylesheet."""
    found = INNER.search(svg)
    if not found:
        raise MissingAsset(f"the icon {name} isn't an svg")
    drawing = re.sub(r"\s*\n\s*", "", BLANK_PATH.sub("", found.group(1))).strip()
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{drawing}</symbol>'


def sprite(modules: Path, names: list[str]) -> bytes:
    """All listed icons in one svg file. Raises MissingAsset with every name that doesn't exist."""
    folder = modules / "@tabler" / "icons" / "icons" / "outline"
    absent = [name for name in names if not (folder / f"{name}.svg").is_file()]
    if absent:
        raise MissingAsset(f"no such icon: {', '.join(absent)} (look in {folder.relative_to(modules)})")
    symbols = [symbol(name, (folder / f"{name}.svg").read_text(encoding="utf-8")) for name in names]
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def _write(target: Path, content: bytes) -> bool:
    if target.is_file() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return True


def build(modules: Path, vendor: Path = VENDOR) -> tuple[int, int, int]:
    """Bring `vendor` up to date and return (written, unchanged, removed). Raises MissingAsset when npm hasn't run."""
    wanted: dict[str, bytes] = {}
    for name, source in {**FILES, **DEV_FILES}.items():
        path = modules / source
        if path.is_file():
            wanted[name] = SOURCE_MAP.sub(b"\n", path.read_bytes())  # the maps aren't copied
        elif name in FILES:
            raise MissingAsset(f"{source} isn't there: run `npm ci` first")
    wanted["icons.svg"] = sprite(modules, icon_names())
    written = sum(_write(vendor / name, content) for name, content in wanted.items())
    stale = [path for path in vendor.rglob("*") if path.is_file() and path.relative_to(vendor).as_posix() not in wanted]
    for path in stale:
        path.unlink()
    return written, len(wanted) - written, len(stale)


def find_modules(start: Path) -> Path:
    """The nearest `node_modules` at or above `start`. Raises MissingAsset when there is none."""
    for folder in [start, *start.parents]:
        if (folder / "node_modules").is_dir():
            return folder / "node_modules"
    raise MissingAsset("no node_modules here: run `npm ci` first")


def main() -> int:
    """Command line: prints one line about what was done; 1 and a sentence when something is missing."""
    try:
        modules = find_modules(Path.cwd())
        written, unchanged, removed = build(modules)
    except MissingAsset as problem:
        print(f"assets: {problem}", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in VENDOR.rglob("*") if path.is_file())
    print(f"assets: {written} written, {unchanged} unchanged, {removed} removed; {len(icon_names())} icons; {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
