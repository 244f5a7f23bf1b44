"""`linzhi migrate`: bring the database to this version."""

from __future__ import annotations

import click
from django.core.management import call_command


@click.command()
@click.option("--plan", is_flag=True, help="Only list what would be done.")
def migrate(plan: bool) -> None:
    """Make or change the tables of this installation's database, and erase again whom a restored copy brought back. Safe to repeat."""
    call_command("migrate", plan=plan, interactive=False, verbosity=1)
    if not plan:
        from linzhi.config.cli.privacy import forget_again

        forget_again()
