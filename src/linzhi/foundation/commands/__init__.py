"""The only way to write. `@command` opens the transaction, asks access, runs, audits and puts events into the outbox.

Nouns: Command, Context, Private, IdempotencyRecord. Page, API, import and job all go through the same function.
"""

from linzhi.foundation.commands.execution import Command, Context, command
from linzhi.foundation.commands.inputs import Input, Private, SafeText

__all__ = ["Command", "Context", "Input", "Private", "SafeText", "command"]
