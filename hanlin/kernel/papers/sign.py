"""PAdES signatures by pyHanko, with the installation's own certificate.

Until an administrator names a certificate of an authority (HANLIN_SIGNING_PKCS12), the installation makes a
self-signed one: it proves that the file is as this installation issued it, no more, and is marked as software.
"""

import os
import tempfile
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from django.conf import settings

from hanlin.kernel.models import OfficialDocument

YEARS = 10
BYTES_RESERVED = 16384
FIELD = "HanlinSignature"


def _subject() -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Hanlin installation (software key, self-signed)"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, str(settings.PUBLIC_URL)[:64]),
        ]
    )


def _usage() -> x509.KeyUsage:
    others = (
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(digital_signature=True, content_commitment=True, **dict.fromkeys(others, False))


def _self_signed() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    now = datetime.now(tz=UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject())
        .issuer_name(_subject())
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
    )
    return pkcs12.serialize_key_and_certificates(b"hanlin", key, builder.sign(key, hashes.SHA256()), None, NoEncryption())


def installation_pkcs12() -> Path:
    """The PKCS #12 file to sign with; made once, readable by its owner alone, where the settings name none."""
    if settings.PAPER_SIGNING_PKCS12:
        return Path(settings.PAPER_SIGNING_PKCS12)
    path = Path(settings.VAR) / "keys" / "papers.p12"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
        with os.fdopen(handle, "wb") as file:
            file.write(_self_signed())
        try:
            os.link(name, path)  # whole or not at all: of two processes that start together, one wins
        except FileExistsError:
            pass
        finally:
            os.unlink(name)
    return path


@lru_cache(maxsize=2)
def _signer(path: Path, passphrase: str) -> Any:
    from pyhanko.sign.signers import SimpleSigner

    signer = SimpleSigner.load_pkcs12(path, passphrase=passphrase.encode() or None)
    if signer is None:
        raise ValueError(f"the signing certificate {path.name} cannot be opened with the passphrase given")
    return signer


def certificate() -> x509.Certificate:
    """The certificate that this installation signs with, for the public page and for those who check signatures."""
    content = installation_pkcs12().read_bytes()
    found = pkcs12.load_pkcs12(content, settings.PAPER_SIGNING_PASSPHRASE.encode() or None).cert
    if found is None:
        raise ValueError("the signing file holds no certificate")
    return found.certificate


def sign(pdf: bytes, document: OfficialDocument, *, at: datetime) -> tuple[bytes, dict[str, Any]]:
    """`pdf` with an invisible certifying PAdES signature, and what the row remembers of it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=document.issuer_name,
        reason=document.number_text,
    )
    signer = PdfSigner(meta, _signer(installation_pkcs12(), settings.PAPER_SIGNING_PASSPHRASE))
    output = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=output, bytes_reserved=BYTES_RESERVED)
    shown = certificate()
    return output.getvalue(), {
        "subject": shown.subject.rfc4514_string(),
        "serial": f"{shown.serial_number:x}",
        "fingerprint": shown.fingerprint(hashes.SHA256()).hex(),
        "algorithm": "PAdES-B-B SHA-256",
        "software": not settings.PAPER_SIGNING_PKCS12,
        "at": at.isoformat(timespec="seconds"),
    }
