"""Comparing a stranger's file with an issued paper: its bytes pass by, only the digests stay."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from hanlin.kernel.papers.digests import Digester, Digests

MAX_BYTES = 10 * 1024 * 1024


class DigestedFile(UploadedFile):
    """Stands for an upload of which nothing is kept but size, digests and whether it begins as a PDF."""

    def __init__(self, *, digests: Digests, is_pdf: bool, **kwargs: Any) -> None:
        super().__init__(file=None, **kwargs)
        self.digests, self.is_pdf = digests, is_pdf


class DigestUploadHandler(FileUploadHandler):
    """Put first in `request.upload_handlers`: no byte of the file reaches memory for long or the disk at all."""

    too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._digester, self._head = Digester(), b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > MAX_BYTES:
            self.too_large = True
            raise StopUpload(connection_reset=False)
        if not start:
            self._head = bytes(raw_data[:5])
        self._digester.update(raw_data)

    def file_complete(self, file_size: int) -> DigestedFile:
        return DigestedFile(
            digests=self._digester.result(),
            is_pdf=self._head == b"%PDF-",
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
        )
