"""What stands beside a document when it is written: files that travel inside it, and where its headings lie. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that travels inside a document: its name, media type, what it is for readers, and how it relates to the
    document (ISO 32000-2, AFRelationship): `Data` is what was used to make it, `Source` what it was made from."""

    name: str
    media_type: str
    description: str
    relationship: Literal["Data", "Source"]
    data: bytes


@dataclass(frozen=True, slots=True)
class WriterExtras:
    """`enclosed` travels inside DOCX and PDF. `pages` gives the page of each part and section by id, counted from 1 as
    printed; None where no page has been laid out."""

    enclosed: tuple[Enclosure, ...] = ()
    pages: Mapping[str, int] | None = None


NO_EXTRAS = WriterExtras()
