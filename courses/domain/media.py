"""What a video file says of itself."""

import struct
from typing import IO, Any

from django.core.files.base import File

MOST_BOXES = 10_000  # a hostile file must not keep us walking


def length_of_mp4(file: "File[Any] | IO[bytes]") -> int:
    """Milliseconds, as the movie header of an MP4 says; 0 where there is none. Leaves the file where it ends up."""
    file.seek(0, 2)
    return _walk(file, 0, file.tell())


def _walk(file: "File[Any] | IO[bytes]", start: int, end: int) -> int:
    for _n in range(MOST_BOXES):
        if start + 8 > end:
            return 0
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", file.read(8))[0], 16
        size = size or end - start
        if size < head:
            return 0
        if kind == b"moov":
            return _walk(file, start + head, min(end, start + size))
        if kind == b"mvhd":
            return _header(file.read(min(size - head, 64)))
        start += size
    return 0


def _header(data: bytes) -> int:
    """ISO/IEC 14496-12, 8.2.2: version, flags, two times, timescale, duration."""
    if len(data) < 32:
        return 0
    scale, duration = struct.unpack(">IQ", data[20:32]) if data[0] == 1 else struct.unpack(">II", data[12:20])
    return int(duration * 1000 // scale) if scale else 0
