"""The electronic signatures of a PDF: who signed which place, when, and what was changed afterwards; and signing it ourselves.

The only module that imports pyHanko. Nothing is fetched: whether a certificate is trusted or was revoked is not examined."""

import logging
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any

from msgspec import Struct

from contract_assembly.writers.returned.limits import UnreadableError

for _name_of_log in ("pyhanko", "pyhanko_certvalidator"):  # what they find is in the result
    logging.getLogger(_name_of_log).setLevel(logging.CRITICAL)


class Signature(Struct, frozen=True):
    """A signature: the name of its field, the signer's name and day as the signature itself says, whether the bytes that
    were signed are unchanged (`intact`) and match the signature (`valid`), whether it covers the file up to that point
    (`whole`), and whether every byte after it belongs to a further signature (`clean`). What such a revision shows is not
    examined here: compare the words of the file with those that were sent."""

    field: str
    by: str
    day: date | None
    intact: bool
    valid: bool
    whole: bool
    clean: bool

    @property
    def is_sound(self) -> bool:
        """Whether what was signed is what the file shows."""
        return self.intact and self.valid and self.whole and self.clean


class PdfSignatures(Struct, frozen=True):
    """The signatures of a PDF in their order, and the names of the signature fields that are empty."""

    signatures: tuple[Signature, ...]
    empty: tuple[str, ...]


class SigningError(Exception):
    """A PDF that cannot be signed; its message is a sentence for users, without a full stop."""


def signatures_of(data: bytes) -> PdfSignatures:
    """All signatures of a PDF, examined. Raises UnreadableError."""
    reader = import_module("pyhanko.pdf_utils.reader").PdfFileReader
    fields = import_module("pyhanko.sign.fields")
    try:
        file = reader(BytesIO(data), strict=False)
        every = list(fields.enumerate_sig_fields(file))
        level = import_module("pyhanko.sign.validation.status").SignatureCoverageLevel
        embedded = list(file.embedded_regular_signatures)
        last = any(each.evaluate_signature_coverage() == level.ENTIRE_FILE for each in embedded)
        found = tuple(_examined(each, clean=last) for each in embedded)
    except _faults() as error:
        raise UnreadableError(f"the signatures of this PDF cannot be read: {type(error).__name__}") from None
    return PdfSignatures(found, tuple(name for name, value, _ in every if value is None))


def _examined(each: Any, *, clean: bool) -> Signature:
    validation = import_module("pyhanko.sign.validation")
    context = import_module("pyhanko_certvalidator").ValidationContext(trust_roots=[], allow_fetching=False)
    level = import_module("pyhanko.sign.validation.status").SignatureCoverageLevel
    status = validation.validate_pdf_signature(each, context, skip_diff=True)  # takes minutes for a tagged contract
    day = status.signer_reported_dt
    return Signature(
        field=str(each.field_name),
        by=_name(status.signing_cert),
        day=day.date() if day else None,
        intact=bool(status.intact),
        valid=bool(status.valid),
        whole=status.coverage in {level.ENTIRE_FILE, level.ENTIRE_REVISION},
        clean=clean,
    )


def _name(certificate: Any) -> str:
    named: Mapping[str, Any] = certificate.subject.native
    return str(named.get("common_name") or certificate.subject.human_friendly)


@cache
def _faults() -> tuple[type[Exception], ...]:
    misc = import_module("pyhanko.pdf_utils.misc")
    errors = import_module("pyhanko.sign.validation.errors")
    return (
        misc.PdfError, errors.SignatureValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError,
        NotImplementedError, RecursionError, OverflowError,
    )  # fmt: skip


def _unmarked() -> Any:
    """How a signature looks on its page: like nothing. Words would be in a font that is not embedded, which PDF/A forbids (ISO
    19005-3, 6.2.11.4.1); who signed is in the signature, and the name is printed below its place."""
    stamp, content = import_module("pyhanko.stamp"), import_module("pyhanko.pdf_utils.content")
    return stamp.StaticStampStyle(border_width=0, background=content.RawContent(b""), background_opacity=1)


def signed(data: bytes, place: str, p12: bytes, password: bytes | None) -> bytes:
    """The PDF signed in one of its own fields (PAdES, SHA-256) with the key of a PKCS#12 file. The bytes of the PDF stay as they
    are; the signature follows them. Raises SigningError."""
    sign = import_module("pyhanko.sign")
    fields = import_module("pyhanko.sign.fields")
    writer = import_module("pyhanko.pdf_utils.incremental_writer").IncrementalPdfFileWriter
    try:
        signer = sign.SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=password)
    except (ValueError, TypeError, OSError):
        signer = None
    if signer is None:
        raise SigningError("this is not a PKCS#12 file, or the password is wrong")
    there = signatures_of(data)
    if place not in there.empty:
        what = "is signed already" if any(each.field == place for each in there.signatures) else "is not in this PDF"
        raise SigningError(f"the place of the {place} {what}")
    about = sign.PdfSignatureMetadata(field_name=place, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
    try:
        work = sign.PdfSigner(about, signer=signer, stamp_style=_unmarked())
        made: BytesIO = work.sign_pdf(writer(BytesIO(data)), existing_fields_only=True)
    except _faults() as error:
        raise SigningError(f"this PDF cannot be signed: {error}") from None
    return made.getvalue()
