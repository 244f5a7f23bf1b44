"""From a file to an import: read, kept, begun; and the file's end."""

from __future__ import annotations

from datetime import datetime

from linzhi.foundation.files.intake import clean_name
from linzhi.foundation.sheets import keeping
from linzhi.foundation.sheets.commands import ForgetFile, Prepared, Upload, forget_file
from linzhi.foundation.sheets.commands import upload as upload_command
from linzhi.foundation.sheets.commands.loading import place as place_of
from linzhi.foundation.sheets.commands.loading import register as register_of
from linzhi.foundation.sheets.memory import Memory
from linzhi.foundation.sheets.models import SheetImport
from linzhi.foundation.sheets.sources import Source, open_book
from linzhi.kernel.actor import Actor


def prepare(content: bytes, register_code: str, place_code: str, name: str = "", memory: Memory | None = None) -> Prepared:
    """Read a workbook and keep it, sealed if it names people. Refused with why and what to do when it can't be read."""
    register, place = register_of(register_code), place_of(place_code)
    source = Source(open_book(content), register, place)
    facts = {
        "signature": source.signature, "unknown": list(source.bare.unknown), "known": list(source.bare.columns.values()),
        "missing": [column.code for column in source.bare.missing if column.required], "chosen": source.layout,
    }  # fmt: skip
    digest = keeping.digest_of(content)
    if memory is not None:
        memory.opened(digest, source.book)
    kept = keeping.keep(content, sealed=register.personal)
    return Prepared(kept.name, kept.key, digest, len(content), clean_name(name, "xlsx"), source.book.how, source.sheet, facts)


def upload(
    actor: Actor, content: bytes, register_code: str, place_code: str, name: str = "", *, at: datetime | None = None,
    memory: Memory | None = None,
) -> SheetImport:  # fmt: skip
    """Prepare a workbook and begin its import. A file that the command refuses, or that it has already, isn't kept."""
    prepared = prepare(content, register_code, place_code, name, memory)
    try:
        made = upload_command(actor, Upload(kind=register_code, place=place_code, upload=prepared), at=at)
    except BaseException:
        keeping.forget(prepared.kept)
        raise
    if made.kept != prepared.kept:
        keeping.forget(prepared.kept)
    return made


def forget(actor: Actor, pk: int, *, at: datetime | None = None) -> None:
    """Delete the file of an import. Refused as the command says."""
    name = SheetImport.objects.filter(pk=pk).values_list("kept", flat=True).first() or ""
    forget_file(actor, ForgetFile(import_id=pk), at=at)
    keeping.forget(name)
