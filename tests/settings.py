"""Settings of every test run: test mode and a data folder of its own, set before anything of the project is read."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="linzhi-tests-"))
for _name in [name for name in os.environ if name.startswith("LINZHI_") and not name.startswith("LINZHI_DATABASE_")]:
    del os.environ[_name]
os.environ["LINZHI_MODE"] = "test"
os.environ["LINZHI_DATA_DIR"] = str(FOLDER)

from linzhi.config.settings import *  # noqa: E402, F403

# Most tests touch no database, and what one has counted mustn't meet another. The table itself: tests/config/test_shared_limits.py.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
