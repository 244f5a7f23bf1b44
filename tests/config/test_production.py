"""Production refuses to start where it would be unsafe, and says in one sentence why."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KEYS = {f"LINZHI_{name}_KEY": "ab" * 32 for name in ("SECRET", "DATA", "INDEX")}


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LINZHI_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={**clean, "DJANGO_SETTINGS_MODULE": "linzhi.config.settings", "LINZHI_DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_its_keys(tmp_path: Path) -> None:
    run = start(tmp_path, LINZHI_MODE="production", LINZHI_HOSTS="example.test", **KEYS)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({name: value for name, value in KEYS.items() if "SECRET" not in name}, "secret_key"),
        ({name: value for name, value in KEYS.items() if "DATA" not in name}, "data_key"),
        ({**KEYS, "LINZHI_DEBUG": "1"}, "LINZHI_DEBUG"),
        ({**KEYS, "LINZHI_DEMO": "1"}, "Demo mode"),
        ({**KEYS, "LINZHI_CLOCK_FILE": "clock"}, "movable clock"),
    ],
)
def test_production_refuses_what_is_unsafe(tmp_path: Path, environment: dict[str, str], word: str) -> None:
    run = start(tmp_path, LINZHI_MODE="production", **environment)
    assert run.returncode != 0
    assert word in run.stderr


def test_an_unknown_mode_is_refused(tmp_path: Path) -> None:
    run = start(tmp_path, LINZHI_MODE="playground")
    assert run.returncode != 0 and "playground" in run.stderr
