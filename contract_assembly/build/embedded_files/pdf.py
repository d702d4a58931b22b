"""Reads the files that travel inside a PDF, and counts its signatures (pikepdf, imported here alone). Runs nothing in it."""

from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Any

from contract_assembly.build.embedded_files.limits import MAX_ENCLOSED, UnreadableError

MOST = 64  # files inside, and fields of a form


def read(data: bytes) -> tuple[dict[str, bytes], int]:
    """The files inside by name, and how many fields are signed. Raises UnreadableError."""
    library = _library()
    try:
        with library.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as file:
            return _files(file), _signatures(file)
    except library.PasswordError:
        raise UnreadableError("this PDF is locked with a password") from None
    except (library.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        raise UnreadableError("this PDF is damaged") from None


@cache
def _library() -> Any:
    library = import_module("pikepdf")
    library.settings.set_qpdf_limits(
        flate_max_memory=MAX_ENCLOSED, run_length_max_memory=MAX_ENCLOSED, png_max_memory=MAX_ENCLOSED,
        tiff_max_memory=MAX_ENCLOSED, dct_max_memory=MAX_ENCLOSED, doc_max_warnings=MOST, max_stream_filters=4,
    )  # fmt: skip
    return library


def _files(file: Any) -> dict[str, bytes]:
    """Those that the whole document is associated with, as ours are."""
    found: dict[str, bytes] = {}
    for spec in list(file.Root.get("/AF", []))[:MOST]:
        inside = spec.EF.F.read_bytes()
        if sum(map(len, found.values())) + len(inside) > MAX_ENCLOSED:
            raise UnreadableError("what travels inside this document is too big to be ours")
        found.setdefault(str(spec.UF), inside)
    return found


def _signatures(file: Any) -> int:
    fields = list(file.Root.get("/AcroForm", {}).get("/Fields", []))[:MOST]
    return sum(each.get("/FT") == "/Sig" and "/V" in each for each in fields)
