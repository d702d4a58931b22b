"""Files embedded in a PDF, associated with the whole document (PDF/A-3, ISO 19005-3, 6.8). Changes the objects of one
unwritten PDF. No time is recorded, so that the bytes depend only on the files."""

from collections.abc import Sequence
from typing import Any

from contract_assembly.document.writer_extras import Enclosure


def enclose(pydyf: Any, pdf: Any, enclosed: Sequence[Enclosure]) -> None:
    """Embed files in a PDF; readers list them by name."""
    if not enclosed:
        return
    specs = {each.name: _spec(pydyf, pdf, each) for each in enclosed}
    tree = pydyf.Array()
    for name in sorted(specs):
        tree.extend([pydyf.String(name), specs[name]])
    names = pdf.catalog.setdefault("Names", pydyf.Dictionary())
    names["EmbeddedFiles"] = pydyf.Dictionary({"Names": tree})
    pdf.catalog["AF"] = pydyf.Array(specs.values())


def _spec(pydyf: Any, pdf: Any, each: Enclosure) -> bytes:
    about = {
        "Type": "/EmbeddedFile",
        "Subtype": pydyf.name(each.media_type),
        "Params": pydyf.Dictionary({"Size": len(each.data)}),
    }
    file = pydyf.Stream([each.data], about, compress=True)
    pdf.add_object(file)
    name = pydyf.String(each.name)
    spec = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "EF": pydyf.Dictionary({"F": file.reference, "UF": file.reference}),
            "Desc": pydyf.String(each.description),
            "AFRelationship": f"/{each.relationship}",
        }
    )
    pdf.add_object(spec)
    reference: bytes = spec.reference
    return reference
