"""Where one installation keeps its database, files and keys, and in which mode it runs.

`LINZHI_DATA_DIR` names the folder (default: `.data` in the current folder). The file
`installation.json` in it remembers the mode, so that every later command finds it again.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

MODES = ("offline", "demo", "production", "test")


@dataclass(frozen=True)
class Installation:
    """One installation: its folder, its mode and the keys found for it."""

    folder: Path
    mode: str

    def key(self, name: str) -> str | None:
        """Return a key from the environment (`LINZHI_<NAME>`) or from `keys/<name>`, else None."""
        from_env = os.environ.get(f"LINZHI_{name.upper()}")
        if from_env:
            return from_env
        path = self.folder / "keys" / name
        return path.read_text().strip() if path.is_file() else None

    def key_file(self, name: str) -> Path | None:
        """Return the file that holds a key, or None when the environment gives it."""
        return None if os.environ.get(f"LINZHI_{name.upper()}") else self.folder / "keys" / name


def data_folder() -> Path:
    """Return the installation's folder; it need not exist yet."""
    return Path(os.environ.get("LINZHI_DATA_DIR") or ".data").resolve()


def current() -> Installation:
    """Return the installation that the environment points at.

    Mode: `LINZHI_MODE` if set, else what `installation.json` remembers, else `offline`
    (commands that need no database work; the server refuses to start).
    """
    folder = data_folder()
    mode = os.environ.get("LINZHI_MODE")
    if not mode:
        record = folder / "installation.json"
        mode = json.loads(record.read_text())["mode"] if record.is_file() else "offline"
    if mode not in MODES:
        raise SystemExit(f"LINZHI_MODE={mode!r} is not known. Use one of: {', '.join(MODES)}.")
    return Installation(folder, mode)


def prepare(mode: str) -> Installation:
    """Make the folder, remember the mode and make the keys that are missing. Safe to repeat."""
    folder = data_folder()
    for name in ("files", "static"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    keys = folder / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    for name in ("secret_key", "data_key", "index_key"):
        path = keys / name
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32))
    record = folder / "installation.json"
    if record.exists() and json.loads(record.read_text())["mode"] != mode:
        raise SystemExit(f"{folder} already holds a {json.loads(record.read_text())['mode']} installation. Choose another LINZHI_DATA_DIR.")
    record.write_text(json.dumps({"mode": mode}))
    return Installation(folder, mode)
