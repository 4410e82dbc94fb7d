"""Files that people bring: checked before anything else touches them, then kept where no address serves them."""

from .check import CheckedFile, check_upload
from .store import delete_private, open_private, store_private

__all__ = [
    "CheckedFile",
    "check_upload",
    "delete_private",
    "open_private",
    "store_private",
]
