"""Sign PDFs as a client would, with pyHanko and an untrusted key made for the test, and validate their signatures."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from msgspec import Struct
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


class Seen(Struct, frozen=True):
    """pyHanko's findings on one signature: its field, whether the signed bytes are intact, and what it covers."""

    field: str
    intact: bool
    valid: bool
    coverage: str


def signed(data: bytes, field: str, folder: Path) -> bytes:
    """A PDF signed in an existing field."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    about = PdfSignatureMetadata(field_name=field)
    made: BytesIO = sign_pdf(writer, about, signer=_signer(folder), existing_fields_only=True)
    return made.getvalue()


def signatures(data: bytes) -> list[Seen]:
    """Every signature of a PDF, validated."""
    trusted = ValidationContext(trust_roots=[], allow_fetching=False)
    found = []
    for each in PdfFileReader(BytesIO(data)).embedded_signatures:
        status = validate_pdf_signature(each, trusted)
        found.append(Seen(each.field_name, status.intact, status.valid, status.coverage.name))
    return found


def _signer(folder: Path) -> SimpleSigner:
    key, certificate = _throwaway_key()
    (folder / "key.pem").write_bytes(key)
    (folder / "certificate.pem").write_bytes(certificate)
    signer = SimpleSigner.load(str(folder / "key.pem"), str(folder / "certificate.pem"))
    assert signer is not None
    return signer


@cache
def p12(name: str, password: bytes) -> bytes:
    """A PKCS#12 file with a throwaway key of this name."""
    key, certificate = _made(name)
    return pkcs12.serialize_key_and_certificates(
        b"test", key, certificate, None, serialization.BestAvailableEncryption(password)
    )


@cache
def _throwaway_key() -> tuple[bytes, bytes]:
    """A key and a self-signed certificate, as PEM."""
    key, certificate = _made("Robert Okafor (test)")
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(pem, *plain), certificate.public_bytes(pem)


def _made(common_name: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=2)
    )
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    return key, made.add_extension(usage, critical=True).sign(key, hashes.SHA256())
