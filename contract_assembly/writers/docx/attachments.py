"""Files embedded in a Word file as one custom XML part, which Word keeps when the file is edited and saved. Pure."""

from collections.abc import Mapping, Sequence
from html import escape

from contract_assembly.document.writer_extras import Enclosure

NAMESPACE = "urn:contract-assembly:enclosed:1"
ITEM, PROPERTIES = "customXml/item1.xml", "customXml/itemProps1.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STORE = "{B1F0C4A7-5E0D-4C6B-9C7B-6E5A3C1D2F48}"  # identifies this kind of part; the same in every document
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = (
    f'<Override PartName="/{PROPERTIES}" '
    'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
)


def with_enclosed(parts: Mapping[str, bytes], enclosed: Sequence[Enclosure]) -> dict[str, bytes]:
    """Add a part with the enclosed files to a Word package; without enclosures, return the package unchanged."""
    if not enclosed:
        return dict(parts)
    return {
        **parts,
        "[Content_Types].xml": _before_end(parts["[Content_Types].xml"], b"</Types>", _TYPE),
        "word/_rels/document.xml.rels": _before_end(
            parts["word/_rels/document.xml.rels"],
            b"</Relationships>",
            _relation("customXml", f"../{ITEM}", "rIdEnclosed"),
        ),
        ITEM: _item(enclosed),
        PROPERTIES: f'{_HEAD}<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'.encode(),
        "customXml/_rels/item1.xml.rels": f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
        f"{_relation('customXmlProps', 'itemProps1.xml', 'rId1')}</Relationships>".encode(),
    }


def _item(enclosed: Sequence[Enclosure]) -> bytes:
    files = "".join(map(_file, enclosed))
    return f'{_HEAD}<enclosed xmlns="{NAMESPACE}">{files}</enclosed>'.encode()


def _file(each: Enclosure) -> str:
    about = {"name": each.name, "type": each.media_type, "relationship": each.relationship, "about": each.description}
    attributes = "".join(f' {name}="{escape(text)}"' for name, text in about.items())
    return f"<file{attributes}>{escape(each.data.decode(), quote=False)}</file>"


def _relation(kind: str, target: str, name: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'


def _before_end(part: bytes, end: bytes, more: str) -> bytes:
    head, found, tail = part.rpartition(end)
    if not found:
        raise ValueError(f"a part of the Word package in templates/house/word does not contain {end.decode()}")
    return head + more.encode() + end + tail
