"""The PDF writer: a document laid out by the engine that the house style names, after what both have in common was checked."""

from collections.abc import Callable, Mapping

from contract_assembly.core.lazy import table
from contract_assembly.core.problems import RefusedError
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.tree import Document
from contract_assembly.document.writer_extras import NO_EXTRAS, WriterExtras
from contract_assembly.writers.pdf.glyphs import unprintable

Printed = tuple[bytes, dict[str, int]]
Engine = Callable[[Document, HouseStyle, WriterExtras], Printed]

ENGINES: Mapping[str, Engine] = table(
    {
        "weasyprint": "contract_assembly.writers.pdf.weasyprint.writer:printed",
        "typst": "contract_assembly.writers.pdf.typst.writer:printed",
    }
)


def pdf(document: Document, house: HouseStyle, extras: WriterExtras = NO_EXTRAS) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1, with bookmarks, internal links, metadata, embedded files and, in a final
    version, signature fields. Raises RefusedError as `printed` does."""
    return printed(document, house, extras)[0]


def printed(document: Document, house: HouseStyle, extras: WriterExtras = NO_EXTRAS) -> Printed:
    """The document as PDF and, from the same layout, the page of each part and section by id, counted from 1.

    Raises RefusedError if no font of the house style has some character of the document, or if the engine is not installed or
    cannot use the house style."""
    if problems := unprintable(document, tuple(sorted(house.fonts.items()))):
        raise RefusedError(problems)
    return ENGINES[house.engine](document, house, extras)
