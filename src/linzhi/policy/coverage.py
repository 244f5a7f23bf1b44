"""How far the clauses of the documents are served: counts by document and tier, and the text of `docs/coverage.md`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from linzhi.policy.clauses import Clause, Ledger, plain

STATES: Mapping[str, str] = {"in_place": "in place", "partly": "partly", "planned": "planned"}
TIERS = ("core", "standard", "light")
HOW: Mapping[str, str] = {
    "parameters": "parameter",
    "matters": "matter type",
    "methods": "method",
    "registers": "register",
    "commands": "command",
    "pages": "page",
    "metrics": "metric",
}
HEAD = """\
# Coverage

What each clause of the documents behind the packs asks of the platform, and how far it does so.
Written by `linzhi packs coverage --markdown` from `packs/*/clauses.yaml` and `packs/*/checks/`; a test fails when this file differs.
Change the packs, not this file.

- **in place**: what serves it is in use.
- **partly**: something serves it; the named capability will bring the rest.
- **planned**: nothing that people use serves it yet; the named capability will bring it. A parameter or a kind of matter that
  merely stands ready doesn't count.

A check that names a clause serves it as soon as the check is in a pack.
"""


def in_order(ledger: Ledger) -> list[Clause]:
    """Every clause, core first; within a tier by document and number."""
    place = {name: number for number, name in enumerate(_documents(ledger))}
    return sorted(ledger.clauses.values(), key=lambda one: (TIERS.index(one.tier), place[one.cited.source.title], one.id))


def _documents(ledger: Ledger) -> list[str]:
    titles = dict.fromkeys(one.cited.source.title for one in sorted(ledger.clauses.values(), key=lambda one: (one.pack, one.id)))
    return list(titles)


def counts(clauses: Iterable[Clause]) -> dict[str, int]:
    """How many are in each state, and `all`."""
    found = dict.fromkeys((*STATES, "all"), 0)
    for one in clauses:
        found[one.state] += 1
        found["all"] += 1
    return found


def summary(ledger: Ledger) -> list[dict[str, Any]]:
    """One row per document and tier that has clauses, then one per tier, then the sum of all."""
    rows = []
    every = list(ledger.clauses.values())
    for document in (*_documents(ledger), ""):
        mine = [one for one in every if not document or one.cited.source.title == document]
        for tier in (*TIERS, ""):
            chosen = [one for one in mine if not tier or one.tier == tier]
            if chosen:
                rows.append({"document": document, "tier": tier, **counts(chosen)})
    return rows


def waiting(ledger: Ledger) -> dict[str, int]:
    """How many clauses wait for each capability, the most awaited first; one clause may wait for several."""
    found = dict.fromkeys(ledger.capabilities, 0)
    for one in ledger.clauses.values():
        for code in one.planned:
            found[code] += 1
    return dict(sorted(((code, count) for code, count in found.items() if count), key=lambda pair: -pair[1]))


def as_json(ledger: Ledger) -> dict[str, Any]:
    """Rows, summary and what is awaited, for JSON."""
    return {
        "clauses": [plain(one, ledger.capabilities) for one in in_order(ledger)],
        "summary": summary(ledger),
        "waiting": [{"code": code, "title": ledger.capabilities[code], "clauses": n} for code, n in waiting(ledger).items()],
    }


def markdown(ledger: Ledger) -> str:
    """The whole text of `docs/coverage.md`."""
    parts = [HEAD, "## Numbers", _table(("Document", "Tier", "Clauses", *STATES.values()), _number_rows(ledger))]
    awaited = [(code, ledger.capabilities[code], str(n)) for code, n in waiting(ledger).items()]
    parts += ["## Capabilities still to come", _table(("Code", "Capability", "Clauses"), awaited)]
    ordered = in_order(ledger)
    for tier in TIERS:
        rows = [_row(one, ledger.capabilities) for one in ordered if one.tier == tier]
        parts += [f"## Clauses: {tier}", _table(("Clause", "Source", "What it asks", "State", "Served by", "Still to come"), rows)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _number_rows(ledger: Ledger) -> list[Sequence[str]]:
    return [
        (row["document"] or "**all documents**", row["tier"] or "all", str(row["all"]), *(str(row[state]) for state in STATES))
        for row in summary(ledger)
    ]


def _row(one: Clause, capabilities: Mapping[str, str]) -> Sequence[str]:
    served = [f"{HOW[what]} `{name}`" for what, names in one.by.model_dump().items() for name in names]
    served += [f"check `{name}`" for name in one.checks]
    source = f"{one.cited.source.number or one.cited.source.title} {one.cited.article}"
    asks = f"**{one.title}** {one.asks}"
    return one.id, source, asks, STATES[one.state], ", ".join(served), "、".join(capabilities[code] for code in one.planned)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
