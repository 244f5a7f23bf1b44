"""An older copy of the database file is put back; `linzhi migrate` forgets again whom it brought back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PHONE = "13655550001"
SIGN_UP = f"""
from linzhi.foundation.accounts import commands as accounts
from linzhi.kernel.actor import System
accounts.sign_up(System("accounts.sign_up"), accounts.SignUp(phone="{PHONE}", name="慕容听雨", proved=True))
"""
ERASE = """
from linzhi.foundation.accounts.models import Account
from linzhi.foundation.rights.commands import Erase, erase
from linzhi.kernel.actor import Person
pk = Account.objects.get(name="慕容听雨").pk
erase(Person(pk), Erase(account_id=pk, confirmed=True))
"""
NAMES = """
from linzhi.foundation.accounts.models import Account
print([(account.name, str(account.phone), account.active) for account in Account.objects.all()])
"""


def test_a_restored_database_file_forgets_again_before_anybody_is_served(tmp_path: Path) -> None:
    def linzhi(*words: str) -> str:
        return run([sys.executable, "-m", "linzhi.config.cli", *words])

    def python(code: str) -> str:
        return run([sys.executable, "-c", "import django; django.setup()\n" + code])

    def run(command: list[str]) -> str:
        plain = {key: value for key, value in os.environ.items() if not key.startswith("LINZHI_")}
        env = plain | {"LINZHI_MODE": "test", "LINZHI_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "linzhi.config.settings"}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    linzhi("migrate")
    python(SIGN_UP)
    shutil.copy(tmp_path / "linzhi.sqlite3", tmp_path / "backup")
    python(ERASE)
    assert "慕容" not in python(NAMES)
    for rest in tmp_path.glob("linzhi.sqlite3*"):
        rest.unlink()
    shutil.copy(tmp_path / "backup", tmp_path / "linzhi.sqlite3")
    assert "慕容听雨" in python(NAMES)
    assert "重新删除了 1 个" in linzhi("migrate")
    assert python(NAMES).strip() == "[('已注销的账号', '', False)]"
    assert "重新删除" not in linzhi("migrate")
