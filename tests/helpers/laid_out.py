"""Pages that are laid out once in a run of the tests.

Nine in ten seconds of a build are the layout of its pages, and many tests build the same document. The layout is a pure
function, so what it made is kept for the run, by a digest of all that it reads, and shared by the workers. The tests of the
writers and those of reproducible bytes do without.
"""

import hashlib
import os
import pickle
from contextlib import suppress
from pathlib import Path

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.writer_extras import WriterExtras
from contract_assembly.writers.charts import drawn, svg
from contract_assembly.writers.pdf.weasyprint import writer

Made = tuple[bytes, dict[str, int]]
lay_out = writer._made


def lay_out_once(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """From here on, a document that any test of this run has laid out is read from `folder`."""
    folder.mkdir(exist_ok=True)

    def once(document: d.Document, house: HouseStyle, extras: WriterExtras, page: str, identity: bytes) -> Made:
        pictures = [(name, svg(bar)) for name, bar in drawn(document).items()]
        read = (document.meta.paper, document.meta.watermark, house.digest, pictures, extras, page, identity)
        file = folder / hashlib.sha256(repr(read).encode("utf-8", "surrogatepass")).hexdigest()
        with suppress(OSError, EOFError):
            return pickle.loads(file.read_bytes())  # noqa: S301 (this run wrote it)
        made = lay_out(document, house, extras, page, identity)
        new = file.with_suffix(f".{os.getpid()}")
        new.write_bytes(pickle.dumps(made))
        new.replace(file)
        return made

    patch.setattr(writer, "_made", once)
