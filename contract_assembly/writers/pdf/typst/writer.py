"""The second PDF writer: shows the document as data on a fixed page, laid out by typst as configured in `setup`.

The same tree and house style give the same bytes: the only date in the file is the document's own, and only the fonts of the house
style are available.
"""

from typing import Any

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.writer_extras import Enclosure, WriterExtras
from contract_assembly.writers.pdf.typst import finish, setup
from contract_assembly.writers.pdf.typst.data import document_data
from contract_assembly.writers.pdf.typst.style import style_data


def printed(document: d.Document, house: HouseStyle, extras: WriterExtras) -> tuple[bytes, dict[str, int]]:
    """The document as PDF/A-3a and PDF/UA-1 and, from the same layout, the page of each part and section by id.

    Raises RefusedError if typst is not installed, or if the folder for temporary files cannot be written."""
    files = (*sorted(house.fonts.items()), *sorted(house.pictures.items()))
    attached = [_about(n, each) for n, each in enumerate(extras.enclosed)]
    contents = tuple((about["path"], each.data) for about, each in zip(attached, extras.enclosed, strict=True))
    data = document_data(document, house) | {"attached": attached}
    made, pages = setup.laid_out(data, contents, files, style_data(house.style))
    return finish.finished(made, extras), pages


def _about(n: int, each: Enclosure) -> dict[str, Any]:
    return {
        "name": each.name,
        "path": f"attached-{n}",
        "type": each.media_type,
        "description": each.description,
        "relationship": each.relationship.lower(),
    }
