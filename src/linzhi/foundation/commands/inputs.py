"""What a command takes: a frozen pydantic model that serves the form, the API body, the import row and the audit entry."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict

from linzhi.foundation.privacy.sealing import digest


class _PrivateMark:
    """Marks an input field whose clear value must not reach the audit log."""


Private = _PrivateMark()
"""Use as `phone: Annotated[str, Private]`."""


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _clean(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("含有看不见的控制字符")
    return text.replace("\r\n", "\n").strip()


SafeText = Annotated[str, AfterValidator(_clean)]
"""Text without control characters, line ends unified, trimmed."""


class Input(BaseModel):
    """Base of every command's input: frozen, and nothing unknown is taken."""

    # What didn't fit is left out of the error's text, which ends up in logs and job records.
    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=20_000, hide_input_in_errors=True)

    def for_audit(self) -> dict[str, Any]:
        """The input as the audit log keeps it: private fields as keyed digests, empty ones left out."""
        private = {name for name, field in type(self).model_fields.items() if any(isinstance(m, _PrivateMark) for m in field.metadata)}
        data = self.model_dump(mode="json", exclude_none=True)
        return {key: digest(str(value)) if key in private and value not in ("", []) else value for key, value in data.items()}
