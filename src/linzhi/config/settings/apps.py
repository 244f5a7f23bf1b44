"""The installed parts, from the bottom of the house to the top."""

FOUNDATION = [
    "territory", "calendar", "privacy", "audit", "outbox", "access", "commands", "accounts",
    "files", "notify", "consents", "rights", "sheets",
]  # fmt: skip
DOMAINS = ["places", "people", "bodies", "notices", "voting", "compliance", "requests", "desk"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    *[f"linzhi.foundation.{name}" for name in FOUNDATION],
    "linzhi.policy",
    "linzhi.flow",
    "linzhi.web",
    *[f"linzhi.domains.{name}" for name in DOMAINS],
    "linzhi.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "linzhi.foundation.accounts.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linzhi.web.middleware.PageMiddleware",
]
