"""The formats that a finished tree is written in, in the table FORMATS. Each writer loads its libraries on first use."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from contract_assembly.core.lazy import table
from contract_assembly.core.problems import Problem
from contract_assembly.document.engines import ENGINES as ENGINES
from contract_assembly.document.engines import Engine as Engine

if TYPE_CHECKING:  # the command line reads only the names
    from contract_assembly.document.style import HouseStyle
    from contract_assembly.document.tree import Document
    from contract_assembly.document.writer_extras import WriterExtras

Writer = Callable[["Document", "HouseStyle", "WriterExtras"], bytes]


FORMATS: Mapping[str, Writer] = table(
    {
        "md": "contract_assembly.writers.markdown:markdown",
        "docx": "contract_assembly.writers.docx.writer:docx",
        "pdf": "contract_assembly.writers.pdf.writer:pdf",
    }
)


def engine_warnings(engine: Engine) -> tuple[Problem, ...]:
    """A warning if an engine is installed in a version that this program does not know."""
    if engine == "weasyprint":
        return ()
    from contract_assembly.writers.pdf.typst.setup import warnings

    return warnings()


def write(
    document: "Document", house: "HouseStyle", formats: Sequence[str], extras: "WriterExtras | None" = None
) -> tuple[dict[str, bytes], Mapping[str, int] | None]:
    """The document in these formats, and the page of each entry in its contents, by id.

    A PDF is laid out first, because it determines the page of each heading; without one, the pages of `extras` are used.
    Raises RefusedError if a format cannot be written."""
    from contract_assembly.document.writer_extras import NO_EXTRAS

    extras = extras or NO_EXTRAS
    made: dict[str, bytes] = {}
    if "pdf" in formats:
        from contract_assembly.writers.pdf.writer import printed

        made["pdf"], pages = printed(document, house, extras)
        extras = replace(extras, pages=_listed(document, pages))
    made |= {name: FORMATS[name](document, house, extras) for name in formats if name not in made}
    return {name: made[name] for name in formats}, extras.pages


def _listed(document: "Document", pages: Mapping[str, int]) -> dict[str, int]:
    """The pages of the terms' clauses and of the schedules only."""
    from contract_assembly.document.tree import Part, Section

    terms = [each for part in document.parts if part.kind == "terms" for each in part.children]
    schedules = [part for part in document.parts if part.kind == "schedule"]
    ids = [each.id for each in (*terms, *schedules) if isinstance(each, Section | Part)]
    return {name: pages[name] for name in ids if name in pages}
