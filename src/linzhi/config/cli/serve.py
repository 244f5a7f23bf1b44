"""`linzhi serve`: the web server."""

from __future__ import annotations

import click
from django.conf import settings
from django.utils.translation import gettext as _

from linzhi.config.cli.privacy import forget_again


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(4), help="Threads in each process, at least 4.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages and the API of this installation until stopped. Refused before the installation exists."""
    if settings.MODE == "offline":
        raise click.ClickException(
            _("%(folder)s 里还没有安装。先运行 linzhi demo（演示）或 linzhi init（正式使用），或用 LINZHI_DATA_DIR 指明数据文件夹。")
            % {"folder": settings.DATA_DIR}
        )
    forget_again()
    run_server(host, port, workers, threads)


def run_server(host: str, port: int, workers: int = 1, threads: int = 4) -> None:
    """Run granian in this process until it is told to stop (SIGTERM, SIGINT); requests under way are finished."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "linzhi.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=settings.MODE == "production",
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
