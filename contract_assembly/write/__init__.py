"""The formats that a finished tree is written in. FORMATS is the table; each writer loads its libraries when it is first used."""

from collections.abc import Callable

from contract_assembly.beside import NOTHING, Beside
from contract_assembly.document import Document
from contract_assembly.house import House

Writer = Callable[[Document, House, Beside], bytes]


def _markdown(document: Document, house: House, beside: Beside = NOTHING) -> bytes:
    from contract_assembly.write.markdown import markdown

    return markdown(document, house)


def _docx(document: Document, house: House, beside: Beside = NOTHING) -> bytes:
    from contract_assembly.write.docx import docx

    return docx(document, house)


def _pdf(document: Document, house: House, beside: Beside = NOTHING) -> bytes:
    from contract_assembly.write.pdf import pdf

    return pdf(document, house)


FORMATS: dict[str, Writer] = {"md": _markdown, "docx": _docx, "pdf": _pdf}
