"""Extra inputs of a writer: files to embed in the document, and the pages of its headings. Data only."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct


class Enclosure(Struct, frozen=True):
    """A file embedded in a document: its name, media type, a description for readers, and its relationship to the document
    (ISO 32000-2, AFRelationship): `Data` was used to make the document, `Source` is what it was made from, `Alternative` says the
    same as the pages."""

    name: str
    media_type: str
    description: str
    relationship: Literal["Data", "Source", "Alternative"]
    data: bytes


class Declaration(Struct, frozen=True):
    """A further standard that the metadata of a PDF declares, as RDF: the `statement`, and the `schema` that describes its
    properties, which PDF/A requires (ISO 19005-3, 6.6.2.3)."""

    statement: bytes
    schema: bytes


class WriterExtras(Struct, frozen=True):
    """`enclosed` are the files to embed in DOCX and PDF, `declared` the further standards of a PDF. `pages` maps the id of each
    part and section to its page, counted from 1 as printed; None if no page has been laid out."""

    enclosed: tuple[Enclosure, ...] = ()
    pages: Mapping[str, int] | None = None
    declared: tuple[Declaration, ...] = ()


NO_EXTRAS = WriterExtras()
