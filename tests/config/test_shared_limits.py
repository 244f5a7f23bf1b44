"""The limits on signing in count for all processes: what one process has let through, the next one knows."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from linzhi.foundation.commands.models import CacheRow
from tests.settings import FOLDER

ASK = """
import django
django.setup()
from allauth.core import ratelimit
from django.http import HttpRequest
request = HttpRequest()
request.method, request.META = "POST", {"REMOTE_ADDR": "192.0.2.7"}
print(int(bool(ratelimit.consume(request, action="request_login_code", key="13900001111"))))
"""


def _environment() -> dict[str, str]:
    url = os.environ.get("LINZHI_DATABASE_URL", "")
    name = str(connection.settings_dict["NAME"])
    url = urlunsplit(urlsplit(url)._replace(path=f"/{name}")) if connection.vendor == "postgresql" else f"sqlite://{name}"
    own = {"DJANGO_SETTINGS_MODULE": "linzhi.config.settings", "LINZHI_MODE": "test", "LINZHI_DATA_DIR": str(FOLDER)}
    return os.environ | own | {"LINZHI_DATABASE_URL": url}


def _asked() -> bool:
    made = subprocess.run(
        [sys.executable, "-c", ASK], env=_environment(), text=True, capture_output=True, check=True, timeout=120
    )  # fmt: skip
    return made.stdout.strip() == "1"


@pytest.mark.django_db(transaction=True)
def test_two_codes_a_minute_for_one_number_whichever_processes_are_asked() -> None:
    assert [_asked(), _asked(), _asked()] == [True, True, False]
    assert CacheRow.objects.filter(cache_key__contains="request_login_code").exists()
