"""Settings of pages: templates, static files, content security, where to sign in."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE

from linzhi.config.settings.apps import DOMAINS

SOURCE = Path(__file__).resolve().parents[2]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            SOURCE / "web" / "templates",
            *[SOURCE / "domains" / name / "templates" for name in DOMAINS],
            SOURCE / "flow" / "templates",
            SOURCE / "policy" / "templates",
        ],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "linzhi.web.jinja.environment", "context_processors": []},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "foundation" / "accounts" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linzhi.web.context.page",
            ]
        },
    },
]

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "style-src": [SELF],
        "style-src-attr": [UNSAFE_INLINE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

CSRF_FAILURE_VIEW = "linzhi.web.errors.csrf_failed"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
