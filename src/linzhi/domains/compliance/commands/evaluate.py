"""A place is evaluated: how each of its subjects stands is stored, what is amiss opens, what is mended closes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from linzhi.domains.compliance.commands.findings import Seen, open_rows, other_open_rows, settle
from linzhi.domains.compliance.commands.tallies import COMMUNITY_LENGTH, Change, count_again, count_changes
from linzhi.domains.compliance.models import Finding, Layout, Standing
from linzhi.domains.compliance.queries.evaluation import Asked, Packs, Stood, checks_of, evaluated
from linzhi.domains.compliance.rules import Saying, requirement
from linzhi.foundation.commands import Context, Input, command
from linzhi.foundation.statements import many
from linzhi.foundation.territory.models import Territory
from linzhi.foundation.territory.paths import COUNTY_LENGTH, covers, within
from linzhi.kernel.clock import day_of
from linzhi.kernel.refused import NotFound
from linzhi.policy.checks import FREE
from linzhi.policy.judging import NOT_MET, PENDING, Rule
from linzhi.policy.metrics import NEVER, Scope, offenders, subjects
from linzhi.policy.values import plain


class Evaluate(Input):
    """A place: everything inside it, or with `alone` only itself (a street after a change in one community)."""

    place: str
    alone: bool = False


@dataclass(frozen=True)
class Outcome:
    """What an evaluation did: subjects looked at, rows that stand otherwise than before, findings opened, closed and open."""

    subjects: int
    changed: int
    opened: int
    closed: int
    open: int


def _load(cmd: Evaluate) -> Territory:
    place = Territory.objects.filter(code=cmd.place, end__isnull=True).first()
    if place is None:
        raise NotFound(_("没有这个地方。"))
    return place


@command("compliance.evaluate", on=_load)
def evaluate(ctx: Context, cmd: Evaluate, place: Territory) -> Outcome:
    """Evaluate a place as of now. Saying it twice changes nothing."""
    scope = Scope(place.path, day_of(ctx.at), ctx.at)
    within_community = len(place.path) > COMMUNITY_LENGTH
    kinds = (place.level,) if cmd.alone else ("estate",) if within_community else tuple(subjects())
    stored = _store(evaluated(scope, kinds), kinds, scope, ctx.at)
    codes = frozenset(_codes(scope))
    opened, closed = settle(stored.seen, open_rows(place.path, codes, stored.subjects), ctx.at)
    if not cmd.alone and not within_community:
        more, fewer = settle(_listed(scope), other_open_rows(place.path, codes), ctx.at)
        opened, closed = opened + more, closed + fewer
    if within_community:
        count_changes(place.path, stored.changes, ctx.at)
    else:
        count_again(place.path[:COUNTY_LENGTH], ctx.at)
    ctx.note(subjects=stored.count, changed=len(stored.changes), opened=opened, closed=closed)
    still = Finding.objects.filter(within("path", place.path), closed__isnull=True).count()
    return Outcome(stored.count, len(stored.changes), opened, closed, still)


class _Speaker:
    """Puts what isn't met into words, once for each rule."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str], list[tuple[int, Rule, Saying, str]]] = {}

    def seen(self, stood: Stood) -> Iterator[Seen]:
        """What is amiss about one subject."""
        asked, states, row = stood.asked, stood.states, stood.row
        if NOT_MET not in states and PENDING not in states:
            return
        rules = self._rules.get((asked.subject, asked.pack))
        if rules is None:
            rules = self._rules[asked.subject, asked.pack] = [
                (at, rule, Saying(rule), rule.check.room) for at, rule in enumerate(asked.rules) if rule.check.entry.force not in FREE
            ]
        subject = f"{asked.subject}:{row.ref}"
        for at, rule, saying, room in rules:
            if states[at] in (NOT_MET, PENDING):
                words = saying.words(asked.picks[at](stood.values), row.name)
                yield Seen(rule.check, asked.pack, room, subject, row.path, words, row.code, rule.by)


def _codes(scope: Scope) -> Iterator[str]:
    """The checks about subjects, as against listings of single rows."""
    for pack in Packs(scope.path).all():
        for code, check in checks_of(pack, scope.on).items():
            if check.entry.none is None:
                yield code


def _listed(scope: Scope) -> list[Seen]:
    """Every row that a listing finds, under the checks of the packs that apply where it lies."""
    found: list[Seen] = []
    pack_at = Packs(scope.path)
    checks = {pack: {c.entry.none: c for c in checks_of(pack, scope.on).values() if c.entry.none is not None} for pack in pack_at.all()}
    wanted = dict.fromkeys(name for one in checks.values() for name in one if name)
    for name, row in offenders(wanted, scope):
        if not covers(scope.path, row.path):
            continue  # a matter of the place above, found when that is evaluated
        pack = pack_at.of(row.path)
        check = checks[pack].get(name)
        if check is not None and check.entry.force not in FREE:
            found.append(Seen(check, pack, check.room, row.subject[:80], row.path, row.words[:300], row.code, None))
    return found


@dataclass
class _Stored:
    """What storing has found: how many subjects, which stand otherwise than before, and what is amiss about these."""

    count: int = 0
    changes: list[Change] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)


def _store(stands: Iterable[Stood], kinds: tuple[str, ...], scope: Scope, at: datetime) -> _Stored:
    """Keep how each subject stands: new rows at once, changed ones rewritten, those no longer there removed.

    What is amiss about a subject is said again only when it stands otherwise, or is asked otherwise (another layout).
    """
    rows = Standing.objects.filter(within("path", scope.path), subject__in=kinds)
    before: dict[tuple[str, int], Sequence[Any]] = {
        (row[0], row[1]): row[2:]
        for row in rows.values_list("subject", "ref", "layout_id", "figures", "states", "path", "name", "pk").iterator(2000)
    }
    layouts: dict[tuple[str, str], int] = {}
    texts: dict[tuple[Any, ...], str] = {}
    speaker, stored = _Speaker(), _Stored()
    new, rewritten = [], []
    for stood in stands:
        stored.count += 1
        asked, row = stood.asked, stood.row
        layout = layouts.get((asked.subject, asked.pack))
        if layout is None:
            layout = layouts[asked.subject, asked.pack] = layout_of(asked).pk
        text = texts.get(stood.values)
        if text is None:
            text = texts[stood.values] = json.dumps([shown(value) for value in stood.values], ensure_ascii=False, separators=(",", ":"))
        known = before.pop((asked.subject, row.ref), None)
        if known is not None and known[:5] == (layout, text, stood.states, row.path, row.name):
            continue
        values = {
            "layout_id": layout, "subject": asked.subject, "ref": row.ref, "path": row.path, "name": row.name, "figures": text,
            "states": stood.states, "since": at,
        }  # fmt: skip
        stored.changes.append(Change(row.path, (known[0], known[2]) if known else None, (layout, stood.states)))
        stored.subjects.append(f"{asked.subject}:{row.ref}")
        stored.seen += speaker.seen(stood)
        if known is None:
            new.append(many.fresh(Standing, **values))
        else:
            rewritten.append(Standing(pk=known[5], **values))
    many.insert(new)
    Standing.objects.bulk_update(rewritten, ["layout_id", "path", "name", "figures", "states", "since"], batch_size=500)
    Standing.objects.filter(pk__in=[rest[5] for rest in before.values()]).delete()
    stored.changes += [Change(rest[3], (rest[0], rest[2]), None) for rest in before.values()]
    stored.subjects += [f"{subject}:{ref}" for subject, ref in before]
    return stored


def layout_of(asked: Asked) -> Layout:
    """The layout row of what is asked, made at its first use; another number asked for, or another owner, is another layout."""
    checks = [rule.check.code for rule in asked.rules]
    asks = [(rule.check.entry.title, rule.check.entry.owner, rule.check.entry.force, requirement(rule)) for rule in asked.rules]
    text = json.dumps([asked.subject, asked.pack, asked.figures, checks, asks], ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    found = Layout.objects.filter(digest=digest).first()
    if found is None:
        found = Layout.objects.create(subject=asked.subject, pack=asked.pack, figures=list(asked.figures), checks=checks, digest=digest)
    return found


def shown(value: Any) -> Any:
    """A figure as JSON keeps it: a day as text, `never` for what has never happened, null for what can't be told."""
    if isinstance(value, date):
        return "never" if value == NEVER else value.isoformat()
    return plain(value)
