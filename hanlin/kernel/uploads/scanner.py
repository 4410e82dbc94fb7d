"""Virus scanning by a ClamAV daemon, where the installation names one (HANLIN_CLAMD=host:port or a socket's path)."""

import socket
import struct
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from hanlin.kernel.errors import Refused

CHUNK = 256 * 1024
TIMEOUT = 60


def refuse_infected(file: IO[bytes], name: str) -> None:
    """Stream the file to the daemon; without the setting nothing is asked. A daemon that does not answer refuses too."""
    if not getattr(settings, "CLAMD", ""):
        return
    try:
        answer = _scan(file)
    except OSError as error:
        raise Refused(
            _("The virus scanner does not answer, so nothing can be uploaded now. Tell the system administrator.")
        ) from error
    if not answer.endswith("OK"):
        raise Refused(_("The virus scanner refused “%(name)s”. Clean the machine it comes from first.") % {"name": name})


def _scan(file: IO[bytes]) -> str:
    with _connection() as line:
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while part := line.recv(4096):
            answer += part
        return answer.strip(b"\0 \n").decode("utf-8", "replace")


def _connection() -> socket.socket:
    address: str = settings.CLAMD
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT)
        line.connect(address)
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), TIMEOUT)
