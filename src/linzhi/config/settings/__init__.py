"""Django settings. Everything an operator sets is an environment variable, listed in docs/settings.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from linzhi.config.installation import current
from linzhi.config.settings.apps import INSTALLED_APPS, MIDDLEWARE  # noqa: F401
from linzhi.config.settings.databases import database
from linzhi.config.settings.logs import LOGGING  # noqa: F401
from linzhi.config.settings.pages import *  # noqa: F403
from linzhi.config.settings.signin import *  # noqa: F403

INSTALLATION = current()
MODE = INSTALLATION.mode
DATA_DIR: Path = INSTALLATION.folder
DEMO = MODE == "demo"
DEBUG = os.environ.get("LINZHI_DEBUG") == "1"

SECRET_KEY = INSTALLATION.key("secret_key") or ""
DATA_KEY = INSTALLATION.key("data_key") or ""
INDEX_KEY = INSTALLATION.key("index_key") or ""
KEY_FILES = {name: INSTALLATION.key_file(name) for name in ("data_key", "index_key")}
DATA_CIPHER = os.environ.get("LINZHI_DATA_CIPHER", "sm4")
if DATA_CIPHER not in ("sm4", "aes"):
    raise ImproperlyConfigured(f"LINZHI_DATA_CIPHER={DATA_CIPHER!r} is not known; use sm4 or aes.")

if MODE == "production":
    missing = [n for n, v in (("secret_key", SECRET_KEY), ("data_key", DATA_KEY), ("index_key", INDEX_KEY)) if not v]
    if missing:
        raise ImproperlyConfigured(f"Production needs keys: {', '.join(missing)}. Set LINZHI_<NAME> or run `linzhi init`.")
    if DEBUG:
        raise ImproperlyConfigured("LINZHI_DEBUG=1 is refused in production.")
    if os.environ.get("LINZHI_DEMO") or os.environ.get("LINZHI_CLOCK_FILE"):
        raise ImproperlyConfigured("Demo mode and a movable clock are refused in production.")
else:
    SECRET_KEY = SECRET_KEY or secrets.token_hex(32)
    DATA_KEY = DATA_KEY or "00" * 32
    INDEX_KEY = INDEX_KEY or "11" * 32
# What people hold on paper (status codes) and the digests of the audit log outlive a change of the index key.
DIGEST_KEY = INSTALLATION.key("digest_key") or INDEX_KEY.split(",")[-1].strip()

ALLOWED_HOSTS = [h for h in os.environ.get("LINZHI_HOSTS", "").split(",") if h] or (
    [] if MODE == "production" else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
DATABASES = {"default": database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "linzhi.config.urls"
WSGI_APPLICATION = "linzhi.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Account"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
FILES_DIR = DATA_DIR / "files"
# In the database, so that the limits on signing in hold over all processes. Its table is CacheRow of foundation.commands. What is past is
# thrown out when MAX_ENTRIES is reached; Django's default of 300 would let anybody push a limit out by asking from many addresses.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "commands_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "linzhi.foundation.accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MODE == "production"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if MODE == "production" else 0
X_FRAME_OPTIONS = "DENY"
ANONYMOUS_WRITES_PER_HOUR = int(os.environ.get("LINZHI_ANONYMOUS_WRITES_PER_HOUR", "30"))
TOKEN_CALLS_PER_MINUTE = int(os.environ.get("LINZHI_TOKEN_CALLS_PER_MINUTE", "600"))
SHEET_FILE_DAYS = int(os.environ.get("LINZHI_SHEET_FILE_DAYS", "30"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
