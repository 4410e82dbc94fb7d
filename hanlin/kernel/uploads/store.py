"""The private storage: names there say nothing of the person or the paper, and no address leads to them."""

from __future__ import annotations  # File and ContentFile take no brackets when the code runs

import uuid
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.utils import timezone

from .check import CheckedFile


def private_storage() -> Storage:
    """Where papers, dossiers and job files lie."""
    return storages["private"]


def store_private(checked: CheckedFile, folder: str) -> str:
    """Keep a checked file below `folder`; returns its name in the private storage, at most 100 characters."""
    checked.file.seek(0)
    return private_storage().save(
        f"{folder}/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}.{checked.kind}",
        checked.file,
    )


def open_private(name: str) -> File[Any]:
    """Open a stored file for reading; raises FileNotFoundError."""
    return private_storage().open(name)


def delete_private(name: str) -> None:
    """Forget a stored file; one that is gone already is no error."""
    if name:
        private_storage().delete(name)
