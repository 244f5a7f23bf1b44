"""Where the packs are: inside the installed package, or beside `src` in the source tree."""

from __future__ import annotations

from pathlib import Path

import linzhi


def packs_folder() -> Path:
    """Return the folder that holds `cn/pack.yaml`; raises FileNotFoundError where an installation lacks it."""
    package = Path(linzhi.__file__).resolve().parent
    for folder in (package / "packs", package.parents[1] / "packs"):
        if (folder / "cn" / "pack.yaml").is_file():
            return folder
    raise FileNotFoundError("This installation has no policy packs: neither beside the source nor in linzhi/packs.")
