"""Reads the files embedded in a PDF, and counts its signatures."""

from typing import Any

from contract_assembly.writers.returned.limits import MAX_ENCLOSED, UnreadableError
from contract_assembly.writers.returned.pdf_file import MOST, opened


def read(data: bytes) -> tuple[dict[str, bytes], int]:
    """The files inside by name, and how many fields are signed. Raises UnreadableError."""
    with opened(data) as file:
        return _files(file), _signatures(file)


def _files(file: Any) -> dict[str, bytes]:
    """The files associated with the whole document, which is how ours are embedded."""
    found: dict[str, bytes] = {}
    for spec in list(file.Root.get("/AF", []))[:MOST]:
        inside = spec.EF.F.read_bytes()
        if sum(map(len, found.values())) + len(inside) > MAX_ENCLOSED:
            raise UnreadableError("the files inside this document are too big to be ours")
        found.setdefault(str(spec.UF), inside)
    return found


def _signatures(file: Any) -> int:
    fields = list(file.Root.get("/AcroForm", {}).get("/Fields", []))[:MOST]
    return sum(each.get("/FT") == "/Sig" and "/V" in each for each in fields)
