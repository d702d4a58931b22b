"""The second PDF writer: shows the document as data on a fixed page, laid out by typst as configured in `setup`.

The same tree and house style give the same bytes: the only date in the file is the document's own, and only the fonts of
the house style are available.
"""

import json
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
    attached = {f"attached-{n}": each for n, each in enumerate(extras.enclosed)}
    data = document_data(document, house)
    meta = data.pop("meta") | {"attached": [_about(path, each) for path, each in attached.items()]}
    read = {"document.json": _json(data), "meta.json": _json(meta)} | {
        path: each.data for path, each in attached.items()
    }
    made, pages = setup.laid_out(read, files, style_data(house.style))
    return finish.finished(made, extras), pages


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _about(path: str, each: Enclosure) -> dict[str, Any]:
    return {
        "name": each.name,
        "path": path,
        "type": each.media_type,
        "description": each.description,
        "relationship": each.relationship.lower(),
    }
