"""Makes a staff account and prints its invitation: python -m tests.browser.invite USERNAME, in an installation's environment."""

from __future__ import annotations

import os
import sys

import django


def main(username: str) -> None:
    """Register the account as whoever sets an installation up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linzhi.config.settings")
    django.setup()
    from linzhi.foundation.accounts import invitations
    from linzhi.foundation.accounts.commands import Register, register
    from linzhi.kernel.actor import System

    print(invitations.path_for(register(System("accounts.sign_up"), Register(username=username, name="新来的"))))


if __name__ == "__main__":
    main(sys.argv[1])
