"""The acts a script may name: which command, by whom, after how long, with whose words."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """One plain act. `wait` is from and to in minutes; `hours` says when people do it: office, awake or now."""

    command: str
    who: str
    wait: tuple[int, int]
    hours: str = "office"
    say: str = ""
    note: str = ""


ACTS: dict[str, Act] = {
    "respond": Act("respond", "grid", (2, 25), "awake", say="respond"),
    "accept": Act("accept", "community", (5, 80), say="accept"),
    "direct": Act("handle_directly", "grid", (20, 150), "awake", say="result"),
    "sign": Act("sign", "handler", (8, 95)),
    "progress": Act("record_progress", "handler", (40, 300), say="progress"),
    "remark": Act("add_remark", "grid", (5, 60), "awake", note="remark"),
    "finish": Act("finish_work", "handler", (200, 3000), note="finish"),
    "feedback": Act("give_feedback", "handler", (300, 4600), say="result"),
    "verify": Act("verify", "grid", (40, 900), "awake", say="verify"),
    "redo": Act("redo", "grid", (60, 600), "awake", note="redo"),
    "call": Act("follow_up", "community", (300, 2200), note="call"),
    "return": Act("return_dispatch", "handler", (20, 110), note="return"),
    "resume": Act("resume", "community", (14_000, 20_000), say="resume"),
    "supervise": Act("supervise", "county", (30, 200), note="supervise"),
    "joint_done": Act("report_joint", "joint", (200, 1500), note="joint_done"),
    "beyond": Act("claim_beyond_power", "handler", (400, 1800), note="beyond"),
    "beyond_ok": Act("confirm_beyond_power", "street", (200, 1200), say="beyond_ok"),
    "beyond_no": Act("reject_beyond_power", "street", (200, 1200), note="beyond_no"),
    "decline": Act("decline", "community", (20, 110), say="decline"),
    "conclude": Act("conclude", "community", (100, 600), say="conclude"),
    "answer": Act("answer_rating", "community", (60, 1100), say="answer"),
    "note": Act("add_note", "reporter", (200, 2000), "awake", say="note"),
    "withdraw": Act("withdraw", "reporter", (100, 900), "awake", say="withdraw"),
    "reopen": Act("reopen", "reporter", (1500, 5000), "awake", say="reopen"),
    "unsolved": Act("reject_result", "reporter", (60, 1500), "awake", say="unsolved"),
    "solved": Act("confirm_solved", "reporter", (60, 1700), "awake", say="solved"),
}

TOKEN = re.compile(r"(?P<name>[a-z_]+)(?::(?P<arg>\w+))?(?:\+(?P<amount>\d+)(?P<unit>[mhdw])|=(?P<clock>\d\d:\d\d))?")
MINUTES = {"m": 1, "h": 60, "d": 1440}


@dataclass(frozen=True)
class Token:
    """One word of a script: an act, what it is told (`sort:fire`), and when: `+20m`, `+2w` (working days) or `=14:10`."""

    name: str
    arg: str = ""
    amount: int = 0
    unit: str = ""
    clock: str = ""


def tokens(script: str) -> list[Token]:
    """The words of a script, in order. Raises ValueError for one that can't be read."""
    found = []
    for word in script.split():
        match = TOKEN.fullmatch(word)
        if match is None:
            raise ValueError(f"{word!r} is no word of a script")
        part = match.groupdict(default="")
        found.append(Token(part["name"], part["arg"], int(part["amount"] or 0), part["unit"], part["clock"]))
    return found
