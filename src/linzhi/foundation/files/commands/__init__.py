"""Every change to a stored file. Importing this package registers the commands."""

from linzhi.foundation.files.commands.discard import Discard, discard
from linzhi.foundation.files.commands.store_upload import StoreUpload, store_upload

__all__ = ["Discard", "StoreUpload", "discard", "store_upload"]
