"""A model field whose value is sealed in the database and opaque in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from linzhi.foundation.privacy.masking import mask
from linzhi.foundation.privacy.sealing import seal, unseal


class Sealed:
    """A sealed value. Printing it shows the mask; `open_value` is for commands that log the opening."""

    __slots__ = ("_stored", "kind")

    def __init__(self, stored: str, kind: str) -> None:
        self._stored = stored
        self.kind = kind

    @classmethod
    def of(cls, text: str, kind: str = "text") -> Sealed:
        """Seal clear text."""
        return cls(seal(text) if text else "", kind)

    @property
    def stored(self) -> str:
        """The encrypted form, as the database holds it."""
        return self._stored

    @property
    def masked(self) -> str:
        """What anyone with access to the record may see: `138****0000`."""
        return mask(unseal(self._stored), self.kind) if self._stored else ""

    def open_value(self) -> str:
        """The clear text, without a log: ask `opening.open_for` instead. Who may call this is listed in docs/privacy.md."""
        return unseal(self._stored) if self._stored else ""

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<Sealed {self.kind}>"

    def __bool__(self) -> bool:
        return bool(self._stored)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self._stored == other._stored

    def __hash__(self) -> int:
        return hash(self._stored)


if TYPE_CHECKING:
    _Text = models.TextField[Sealed | str, Sealed]
    _Lookup = models.Lookup[Any]
else:
    _Text = models.TextField
    _Lookup = models.Lookup


class SealedField(_Text):
    """Text sealed at rest. `kind` (phone, name, address, text) decides how it is masked. Can't be filtered on."""

    def __init__(self, *args: Any, kind: str = "text", **kwargs: Any) -> None:
        self.kind = kind
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["kind"] = self.kind
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed:
        return Sealed(value or "", self.kind)

    def to_python(self, value: Any) -> Sealed:
        return value if isinstance(value, Sealed) else Sealed.of(str(value or ""), self.kind)

    def get_prep_value(self, value: Any) -> str:
        return self.to_python(value).stored

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in ("isnull", "empty"):
            raise TypeError("a sealed field can't be searched; keep a blind index beside it")
        return super().get_lookup(lookup_name)


@SealedField.register_lookup
class Empty(_Lookup):
    """`phone__empty=True`: whether anything is kept at all."""

    lookup_name = "empty"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} {'=' if self.rhs else '<>'} ''", params
