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
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "linzhi"}}
# From the database alone: the cache above is each process's own, and would answer with a session that another has changed or ended.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MODE == "production"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if MODE == "production" else 0
X_FRAME_OPTIONS = "DENY"
ANONYMOUS_WRITES_PER_HOUR = int(os.environ.get("LINZHI_ANONYMOUS_WRITES_PER_HOUR", "30"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
