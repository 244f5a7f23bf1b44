"""`linzhi demo`: the demo county 清禾区, made once and served."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import timedelta

import click

from linzhi.config import installation

BACK = timedelta(days=400)
"""How long before now the demo county's register begins."""
DEAD_NUMBERS = "19900009901,19900009902,19900009903"
"""Numbers of the demo that nobody answers, so that the desk has messages that reached nobody."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--prepare-only", is_flag=True, help="Make the demo county and stop.")
@click.option("--fresh", is_flag=True, help="Throw away the demo that is there and make it anew, as of now.")
def demo(host: str, port: int, prepare_only: bool, fresh: bool) -> None:
    """Make the demo county in LINZHI_DATA_DIR if it isn't there, then serve it with its worker.

    Refused where another kind of installation lives. Running it again changes nothing that is there, unless `--fresh` is given.
    """
    prepare(fresh=fresh)
    if prepare_only:
        return
    from linzhi.config.cli.serve import run_server

    worker = subprocess.Popen([sys.executable, "-m", "linzhi.config.cli", "worker"])
    click.echo(f"清禾区在这里：http://{host}:{port}/demo/   （按 Ctrl+C 停）")
    try:
        run_server(host, port)
    finally:
        worker.terminate()
        worker.wait(20)


def prepare(*, fresh: bool = False) -> None:
    """Make the installation and the county; what is there stays as it is, or goes first with `fresh`."""
    made = installation.prepare("demo")
    if fresh:
        _throw_away(made)
    os.environ["LINZHI_MODE"] = "demo"
    os.environ.setdefault("LINZHI_SMS_DEAD_NUMBERS", DEAD_NUMBERS)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    if _fill():
        click.echo(f"清禾区准备好了，用了 {time.perf_counter() - begun:.0f} 秒。")


def _throw_away(made: installation.Installation) -> None:
    """Remove the demo's database and files. Refused for a database on a server, which isn't ours to drop."""
    if os.environ.get("LINZHI_DATABASE_URL", "").startswith("postgres"):
        raise click.ClickException("演示数据在 PostgreSQL 里：请先自己删掉那个库，再运行 linzhi demo。")
    for path in (*made.folder.glob("linzhi.sqlite3*"), made.folder / "sms.log", made.folder / "tombstones.jsonl"):
        path.unlink(missing_ok=True)
    shutil.rmtree(made.folder / "files")
    (made.folder / "files").mkdir()


def _fill() -> bool:
    from linzhi.config.timetable import seal_all
    from linzhi.domains.bodies import demo as bodies
    from linzhi.domains.bodies.jobs import offer_formations
    from linzhi.domains.compliance import demo as compliance
    from linzhi.domains.compliance.jobs import refresh
    from linzhi.domains.desk import demo as desk
    from linzhi.domains.notices import demo as notices
    from linzhi.domains.requests import demo as requests
    from linzhi.foundation.outbox.delivery import deliver_all
    from linzhi.kernel import clock

    now = clock.now()
    county = bodies.build(now - BACK)
    deliver_all(now - BACK)
    notices.build(now, county)
    desk.build(now, county)
    with click.progressbar(length=100, label="清禾区的一年", file=sys.stderr) as bar:
        world = requests.build(now, county, tell=lambda percent: bar.update(percent - bar.pos))
    offer_formations(now)
    compliance.build(now, county)
    refresh(now)
    deliver_all(now)
    seal_all(now)
    return world is not None
