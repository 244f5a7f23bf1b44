"""Where sealed values are opened without a line in the log of openings, and why. docs/privacy.md shows the same list."""

from __future__ import annotations

# file under src/linzhi: why nobody who shouldn't reads what it opens
UNLOGGED = {
    "foundation/privacy/fields.py": "masks a value: it never leaves in clear",
    "foundation/privacy/stores.py": "seals values anew when keys change",
    "foundation/privacy/opening.py": "the way that logs",
    "foundation/sheets/exporting.py": "logs a stretch of rows before it is written",
    "foundation/accounts/adapter.py": "sends a code to its owner; the secret of a second factor",
    "foundation/accounts/links.py": "sends a link to its owner",
    "foundation/accounts/sessions.py": "the visitor's own session",
    "foundation/notify/drivers.py": "sends a message to its owner",
    "foundation/files/serving.py": "a file's name, to whoever is given the file",
    "foundation/sheets/queries.py": "what a preview found, to those who may write that register",
    "foundation/sheets/running.py": "the key of a file and what an undo needs, for the engine alone",
    "foundation/sheets/whole.py": "why an import stopped, to whoever runs it",
    "config/cli/registers.py": "why an import stopped, to the operator who runs it",
    "domains/desk/pages/registers_import.py": "why an import stopped, to those who may write that register",
    "domains/people/commands/correct_person.py": "compared with what is written, shown to nobody",
    "domains/people/commands/matching.py": "compared with what is written, shown to nobody",
    "domains/people/commands/owners.py": "compared with what is written, shown to nobody",
    "domains/people/commands/residents.py": "compared with what is written, shown to nobody",
    "domains/people/commands/record_memberships.py": "compared with what is written, shown to nobody",
    "domains/people/commands/withdraw_memberships.py": "compared with what an undo would take back, shown to nobody",
    "domains/people/commands/withdraw_owners.py": "compared with what an undo would take back, shown to nobody",
    "domains/people/commands/withdraw_residents.py": "compared with what an undo would take back, shown to nobody",
    "domains/people/queries/members.py": "the link from a membership to its record, whose name stays sealed, for the branch line",
    "domains/people/commands/own_data.py": "a member's own entry, to themself: a log line would put the account beside it",
    "domains/people/commands/reveal_member.py": "logs each value under the membership, which names no account",
    "domains/requests/commands/tell.py": "sends a message to its owner",
    "domains/requests/queries/act_drafts.py": "what somebody wrote and hasn't sent, to themself",
}

LOGGING = ("foundation/privacy/opening.py", "foundation/sheets/exporting.py", "domains/people/commands/reveal_member.py")
"""Those that write the log: as many lines as values."""
