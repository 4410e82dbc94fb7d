"""SHA-256 and SM3 of a file's bytes, whole or piece by piece."""

import hashlib
from typing import NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes


class Digests(NamedTuple):
    """Both in hexadecimal; `sm3` is empty where the cryptography library lacks it."""

    sha256: str
    sm3: str


class Digester:
    """Takes bytes as they come and keeps none of them."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        try:
            self._sm3: hashes.Hash | None = hashes.Hash(hashes.SM3())
        except UnsupportedAlgorithm:
            self._sm3 = None

    def update(self, piece: bytes) -> None:
        self._sha256.update(piece)
        if self._sm3:
            self._sm3.update(piece)

    def result(self) -> Digests:
        return Digests(self._sha256.hexdigest(), self._sm3.finalize().hex() if self._sm3 else "")


def digests(content: bytes) -> Digests:
    digester = Digester()
    digester.update(content)
    return digester.result()
