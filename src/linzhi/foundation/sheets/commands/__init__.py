"""Every decision about an import. Importing this package registers the commands."""

from linzhi.foundation.sheets.commands.export import Export, export
from linzhi.foundation.sheets.commands.forget_file import ForgetFile, forget_file
from linzhi.foundation.sheets.commands.map_columns import MapColumns, map_columns
from linzhi.foundation.sheets.commands.preview import Preview, preview
from linzhi.foundation.sheets.commands.stop import Stop, stop
from linzhi.foundation.sheets.commands.take import Take, take
from linzhi.foundation.sheets.commands.undo import Undo, undo
from linzhi.foundation.sheets.commands.upload import Prepared, Upload, upload

__all__ = [
    "Export", "ForgetFile", "MapColumns", "Prepared", "Preview", "Stop", "Take", "Undo", "Upload",
    "export", "forget_file", "map_columns", "preview", "stop", "take", "undo", "upload",
]  # fmt: skip
