"""The `linzhi` command line. Each file here is one command or one group of commands, imported when it is called."""

from __future__ import annotations

import os
from importlib import import_module

import click

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linzhi.config.settings")

# name: (file in this folder, the command in it). The order is the order of `linzhi --help`.
COMMANDS = {
    "demo": ("demo", "demo"),
    "init": ("init", "init"),
    "migrate": ("migrate", "migrate"),
    "found": ("found", "found"),
    "serve": ("serve", "serve"),
    "worker": ("worker", "worker"),
    "requests": ("requests", "requests"),
    "registers": ("registers", "registers"),
    "packs": ("packs", "packs"),
    "compliance": ("compliance", "compliance"),
    "vote": ("vote", "vote"),
    "due": ("due", "due"),
    "audit": ("audit", "audit"),
    "keys": ("keys", "keys"),
    "privacy": ("privacy", "privacy"),
}


BEFORE_SETUP = {"demo", "init"}
"""Commands that prepare an installation first and set Django up themselves."""


class Commands(click.Group):
    """Imports a command only when it is asked for, and sets Django up before that."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in BEFORE_SETUP:
            import django

            django.setup()
        file, attribute = COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(f"linzhi.config.cli.{file}"), attribute)
        return found


@click.command(cls=Commands, help="邻治：小区治理平台的命令行。")
def main() -> None:
    """Entry point of `linzhi`."""
