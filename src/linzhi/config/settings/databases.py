"""Database settings from `LINZHI_DATABASE_URL`; SQLite in the data folder by default."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def database(folder: Path) -> dict[str, Any]:
    """Return Django's settings for `postgresql://user:pw@host:port/name` or the embedded SQLite."""
    url = os.environ.get("LINZHI_DATABASE_URL", "")
    if not url:
        return _sqlite(folder / "linzhi.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path))
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(f"LINZHI_DATABASE_URL: {parts.scheme!r} is not known; use postgresql:// or sqlite:///.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            "pool": {"min_size": 2, "max_size": int(os.environ.get("LINZHI_DATABASE_POOL", "16")), "timeout": 20},
            # Tables lie on SSDs or in memory; compiling a plan never pays for itself on a page.
            "options": "-c random_page_cost=1.1 -c jit=off",
        },
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
