"""Field encryption and blind indexes: SM4-GCM and HMAC-SM3 where OpenSSL has them, AES-GCM and HMAC-SHA-256 elsewhere.

A stored value names its algorithm, so that a later module (a certified HSM) can be put in and old rows still open.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _key(purpose: str, size: int) -> bytes:
    return hashlib.blake2b(purpose.encode(), key=settings.FIELD_KEY.encode()[:64], digest_size=size).digest()


def _cipher(name: str, nonce: bytes, tag: bytes | None = None) -> Cipher[Any]:
    algorithm = algorithms.SM4(_key("field", 16)) if name == "sm4" else algorithms.AES(_key("field", 16))
    return Cipher(algorithm, modes.GCM(nonce, tag))


@lru_cache(maxsize=1)
def _preferred() -> str:
    try:
        _cipher("sm4", b"0" * 12).encryptor()
    except UnsupportedAlgorithm:
        return "aes"
    return "sm4"


def encrypt(text: str) -> str:
    """`text` sealed with the installation's field key: algorithm:nonce‖tag‖bytes in base64. Empty stays empty."""
    if not text:
        return ""
    name, nonce = _preferred(), os.urandom(12)
    encryptor = _cipher(name, nonce).encryptor()
    body = encryptor.update(text.encode()) + encryptor.finalize()
    return f"{name}:{base64.b64encode(nonce + encryptor.tag + body).decode()}"


def decrypt(sealed: str) -> str:
    """The text again; raises InvalidTag where the value or the key was changed."""
    if not sealed:
        return ""
    name, _, data = sealed.partition(":")
    raw = base64.b64decode(data)
    decryptor = _cipher(name, raw[:12], raw[12:28]).decryptor()
    return (decryptor.update(raw[28:]) + decryptor.finalize()).decode()


def blind_index(text: str) -> str:
    """A keyed digest that finds an encrypted value without opening it. Empty stays empty."""
    if not text:
        return ""
    try:
        mac = HMAC(_key("index", 32), hashes.SM3())
    except UnsupportedAlgorithm:
        return hmac.new(_key("index", 32), text.encode(), "sha256").hexdigest()
    mac.update(text.encode())
    return mac.finalize().hex()


class EncryptedTextField(models.TextField):
    """Text that the database only sees sealed. It cannot be filtered or ordered by: keep a blind index beside it."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value) if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return decrypt(value) if value else ""
