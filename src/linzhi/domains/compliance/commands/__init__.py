"""Every change of findings. Importing this package registers the commands."""

from linzhi.domains.compliance.commands.note_findings import Found, NoteFindings, note_findings

__all__ = ["Found", "NoteFindings", "note_findings"]
