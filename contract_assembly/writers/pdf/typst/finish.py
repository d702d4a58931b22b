"""Complete a PDF that typst wrote: fields to sign, cells of tables, further standards. Pure.

typst has neither form fields nor header cells for rows, and declares only standards that it knows. `finished` adds them to its
objects and writes the file again, most objects compressed, which halves it. Objects that it does not expect, after a change in
typst, are an error; it never writes a file that is slightly wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from contract_assembly.document.writer_extras import Declaration, WriterExtras
from contract_assembly.writers.pdf.list_counting import COUNTING
from contract_assembly.writers.pdf.places_to_sign import FIELD, SIGNATURES_EXIST, named, unused_name
from contract_assembly.writers.pdf.typst.objects import Objects, read, stream, text, write

Bodies = dict[int, bytes]

_REFERENCE = re.compile(rb"(\d+) 0 R")
_KIDS = re.compile(rb"/K\[(.*?)\]", re.DOTALL)
_ELEMENT = b"<</Type/StructElem/S/"
_COUNTED = b"/ListNumbering/Decimal"
_PARENT = re.compile(rb"<</Type/StructElem/S/\w+/P (\d+) 0 R")
_PLACE = re.compile(rb"/URI\((" + FIELD.encode() + rb"[^)]*)\)")
_KEPT = re.compile(rb"/(?:Rect\[[^\]]*\]|F \d+|StructParent \d+)")
_DOWN, _ACROSS = b"/RowSpan 2", b"/ColSpan 2"
_OBJECT = re.compile(rb"/Obj (\d+) 0 R")
_RECT = re.compile(rb"/Rect\[([\d. -]+)\]")
_END_OF_SCHEMAS, _END = b"</rdf:Bag></pdfaExtension:schemas>", b"</rdf:RDF>"


def finished(made: bytes, extras: WriterExtras) -> bytes:
    """The file with its fields, header cells and declarations. Raises ValueError if its objects are not as expected."""
    objects = read(made)
    bodies = dict(objects.bodies)
    _drop_suspects(bodies)
    _drop_holders(bodies)
    _name_rows(bodies)
    _count_lists(bodies)
    _make_fields(bodies)
    if extras.declared:
        _declare(bodies, extras.declared)
    return write(Objects(objects.header, bodies, objects.trailer))


def _drop_suspects(bodies: Bodies) -> None:
    """Leave out the statement that no tags are suspect: it goes without saying (ISO 32000-1, 14.7.1), and poppler complains."""
    for number, body in bodies.items():
        if b"/MarkInfo" in body:
            bodies[number] = re.sub(rb"\s*/Suspects false", b"", body)


# ---- cells


def _drop_holders(bodies: Bodies) -> None:
    """Leave out the empty cells that keep a total beside the row before it, and the column that they are in."""
    for holder in [number for number, body in bodies.items() if body.startswith(_ELEMENT + b"TD") and _DOWN in body]:
        row = _PARENT.match(bodies[holder])
        if not row or _kids(bodies[holder]):
            raise ValueError("the cells of this PDF are not as typst tags them")
        bodies[int(row[1])] = re.sub(rb"(?<!\d)%d 0 R ?" % holder, b"", bodies[int(row[1])])
        del bodies[holder]
    for number, body in bodies.items():
        if body.startswith(_ELEMENT + b"T") and _ACROSS in body:
            bodies[number] = body.replace(_ACROSS, b"")


def _name_rows(bodies: Bodies) -> None:
    """Tag the first cell of each row as its header in tables without a head row, which are lists of terms."""
    for body in [each for each in bodies.values() if each.startswith(_ELEMENT + b"Table")]:
        kids = _kids(body)
        if not any(bodies[each].startswith(_ELEMENT + b"THead") for each in kids):
            for number in _rows(bodies, kids):
                first, *_ = _kids(bodies[number])
                bodies[first] = _as_header(bodies[first])


def _rows(bodies: Mapping[int, bytes], numbers: Sequence[int]) -> list[int]:
    """The rows among these elements and in the groups of rows among them."""
    kinds = {number: bodies[number] for number in numbers}
    groups = [number for number, body in kinds.items() if body.startswith(_ELEMENT + b"TBody")]
    inside = [each for number in groups for each in _rows(bodies, _kids(bodies[number]))]
    return [*(number for number, body in kinds.items() if body.startswith(_ELEMENT + b"TR/")), *inside]


def _kids(body: bytes) -> list[int]:
    found = _KIDS.search(body)
    return [int(each) for each in _REFERENCE.findall(found[1])] if found else []


def _as_header(cell: bytes) -> bytes:
    """A cell as the header of its row (ISO 32000-1, table 349)."""
    begin, attributes = _ELEMENT + b"TD", b"<</O/Table"
    if not cell.startswith(begin) or cell.count(attributes) != 1:
        raise ValueError("the cells of this PDF are not as typst tags them")
    return (_ELEMENT + b"TH" + cell.removeprefix(begin)).replace(attributes, attributes + b"/Scope/Row")


# ---- lists


def _count_lists(bodies: Bodies) -> None:
    """Say how each list counts, by how deep it is in others: typst knows numbers only, because ours are made elsewhere."""
    lists = {number for number, body in bodies.items() if body.startswith(_ELEMENT + b"L/")}
    for number in lists:
        depth = sum(each in lists for each in _holders(bodies, number))
        counting = COUNTING[min(depth, len(COUNTING) - 1)].encode()
        if bodies[number].count(_COUNTED) != 1:
            raise ValueError("the lists of this PDF are not as typst tags them")
        bodies[number] = bodies[number].replace(_COUNTED, b"/ListNumbering" + counting)


def _holders(bodies: Mapping[int, bytes], number: int) -> Iterator[int]:
    """The elements around an element, from the inside."""
    while parent := _PARENT.match(bodies[number]):
        number = int(parent[1])
        yield number


# ---- fields


def _make_fields(bodies: Bodies) -> None:
    """Turn the links that are places to sign into signature fields, which show nothing until they are signed."""
    places = {number: match[1].decode() for number, body in bodies.items() if (match := _PLACE.search(body))}
    if not places:
        return
    names: list[str] = []
    for number, target in places.items():
        name, about = named(target)
        names.append(unused_name(name, names))
        appearance = max(bodies) + 1
        bodies[appearance] = _nothing(bodies[number])
        bodies[number] = _field(bodies[number], names[-1], about, appearance)
    for number, body in bodies.items():
        if body.startswith(_ELEMENT + b"Link") and places.keys() & {int(each) for each in _OBJECT.findall(body)}:
            bodies[number] = body.replace(_ELEMENT + b"Link", _ELEMENT + b"Form", 1)
    (root,) = [number for number, body in bodies.items() if body.startswith(b"<</Type/Catalog")]
    fields = b" ".join(b"%d 0 R" % number for number in places)
    form = b"/AcroForm<</Fields[%s]/SigFlags %d>>" % (fields, SIGNATURES_EXIST)
    bodies[root] = bodies[root].removesuffix(b">>") + form + b">>"


def _field(link: bytes, name: str, about: str, appearance: int) -> bytes:
    """A field in the area of a link (ISO 32000-1, 12.7.4.5)."""
    kept = b"".join(_KEPT.findall(link))
    said = b"/T%s/TU%s" % (text(name), text(about))
    return b"<</Type/Annot/Subtype/Widget/FT/Sig%s%s/AP<</N %d 0 R>>>>" % (kept, said, appearance)


def _nothing(link: bytes) -> bytes:
    """An empty appearance as large as the area of a link."""
    area = _RECT.search(link)
    if not area:
        raise ValueError("a place to sign has no area")
    left, bottom, right, top = map(float, area[1].split())
    box = b"[0 0 %.3f %.3f]" % (right - left, top - bottom)
    return stream(b"/Type/XObject/Subtype/Form/Resources<<>>/BBox" + box, b"")


# ---- declarations


def _declare(bodies: Bodies, declared: Sequence[Declaration]) -> None:
    """Declare further standards in the file's metadata, which typst leaves uncompressed, as PDF/A wants."""
    (number,) = [number for number, body in bodies.items() if b"/Type/Metadata" in body[:200]]
    words = bodies[number].partition(b"stream\n")[2].removesuffix(b"\nendstream")
    if words.count(_END) != 1 or words.count(_END_OF_SCHEMAS) != 1:
        raise ValueError("the metadata of this PDF is not as typst writes it")
    schemas, statements = b"".join(each.schema for each in declared), b"".join(each.statement for each in declared)
    words = words.replace(_END_OF_SCHEMAS, schemas + _END_OF_SCHEMAS).replace(_END, statements + _END)
    bodies[number] = b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream" % (len(words), words)
