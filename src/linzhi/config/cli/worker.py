"""`linzhi worker`: delivers events to their handlers and runs the timetable."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

import click
from django.conf import settings
from django.db import Error, close_old_connections
from django.utils.translation import gettext as _

from linzhi.config.cli.privacy import forget_again
from linzhi.config.timetable import run_due, timetable
from linzhi.foundation.outbox.delivery import deliver_next
from linzhi.foundation.outbox.queries import anything_due
from linzhi.kernel import clock

PAUSE = 1.0
PAUSE_WHEN_BROKEN = 5.0
log = logging.getLogger(__name__)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def worker(once: bool) -> None:
    """Work until told to stop (SIGTERM, SIGINT); what is under way is finished first. Several workers may run at once."""
    if settings.MODE == "offline":
        raise click.ClickException(_("这里还没有安装。先运行 linzhi demo（演示）或 linzhi init（正式使用）。"))
    forget_again()
    if once:
        run_round(lambda: False, always=True)
        return
    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    standing = bool(os.environ.get("LINZHI_CLOCK_FILE"))
    while not stop.is_set():
        pause = PAUSE / 5 if standing else PAUSE
        try:
            run_round(stop.is_set, always=standing)
        except Error:  # the database is away: keep asking
            log.exception("the database can't be reached")
            pause = PAUSE_WHEN_BROKEN
        close_old_connections()
        stop.wait(pause)


def run_round(stopped: Callable[[], bool], *, always: bool = False) -> None:
    """Deliver what is due, run the jobs that are due (`always`: the frequent ones anyway), and deliver what those have caused."""
    _deliver(stopped)
    for job in timetable():
        if stopped():
            return
        run_due(job, clock.now(), standing=always)
    _deliver(stopped)


def _deliver(stopped: Callable[[], bool]) -> None:
    while not stopped() and anything_due(at := clock.now()):
        if not deliver_next(at):  # another worker has them under way
            return
