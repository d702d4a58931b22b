"""Make a PDF conform to PDF/A-3a (archiving) and PDF/UA-1 (accessibility) at once. Changes the objects of one unwritten PDF.

WeasyPrint writes either kind, has no option for both, and omits some information for screen readers. `finish` adds it through
WeasyPrint's own hook, before the objects are written: nothing is patched. Objects that it does not expect, after a change in
WeasyPrint, are an error; it never writes a file that is slightly wrong.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

from contract_assembly.document.writer_extras import Declaration, WriterExtras
from contract_assembly.writers.pdf.list_counting import COUNTING
from contract_assembly.writers.pdf.places_to_sign import is_place
from contract_assembly.writers.pdf.weasyprint import attachments, signature_fields

Node: TypeAlias = dict[str, Any]
Lookup: TypeAlias = Callable[[bytes], Any]

OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/a-3a"}

# PDF/A allows a property of another standard if the same RDF describes its schema (ISO 19005-3, 6.6.2.3): hence the
# second part.
ACCESSIBLE = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""

_END_OF_SCHEMAS = b"</rdf:Bag></pdfaExtension:schemas>"  # the metadata has one list of schemas


def one_area_for_each_link(document: Any) -> None:
    """Drop the areas of boxes inside a link: WeasyPrint adds one for each, on top of each other, all with the same target."""
    for page in document.pages:
        page.links = [link for link in page.links if link[3].link]


def finish(pydyf: Any, extras: WriterExtras, document: Any, pdf: Any) -> None:
    """Complete `pdf`, drawn from `document` with OPTIONS, and attach files and declarations. `pydyf` makes PDF objects.

    Raises ValueError if WeasyPrint's objects are not as expected.
    """
    at: Lookup = partial(_object, pdf)
    _declare(at(pdf.catalog["Metadata"]), extras.declared)
    _describe_links(pydyf.String, document)
    attachments.enclose(pydyf, pdf, extras.enclosed)
    signature_fields.complete(pydyf, at, document, pdf)
    root = at(pdf.catalog["StructTreeRoot"])
    tagged = _improve(at, at(root["K"][0]), 0) | {id(root)}
    _mark_artifacts(at, [at(page) for page in pdf.page_references], at(root["ParentTree"])["Nums"], tagged)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _declare(metadata: Any, declared: Sequence[Declaration] = ()) -> None:
    """Declare in the file's metadata that it is also PDF/UA-1, and the further standards."""
    (words,) = metadata.stream
    if words.count(b"</rdf:RDF>") != 1 or b'part="3" pdfaid:conformance="A"' not in words:
        raise ValueError("the metadata is not that of PDF/A-3a")
    described = b"".join(each.schema for each in declared)
    accessible = ACCESSIBLE.replace(_END_OF_SCHEMAS, described + _END_OF_SCHEMAS)
    stated = b"".join(each.statement for each in declared)
    metadata.stream = [words.replace(b"</rdf:RDF>", accessible + stated + b"</rdf:RDF>")]


def _describe_links(string: Callable[[str], Any], document: Any) -> None:
    """Describe each link by its text, because WeasyPrint describes it by its target's id."""
    for page in document.pages:
        for _, target, _, box in page.links:
            if is_place(target):
                continue
            words = " ".join(getattr(each, "text", "") for each in box.descendants())
            box.link_annotation["Contents"] = string(" ".join(words.split()))


# ---- the structure: everything in it is read aloud


def _improve(at: Lookup, element: Node, lists: int) -> set[int]:
    """Complete this element, `lists` lists deep, and all its descendants; return their identities."""
    _IMPROVEMENTS.get(element["S"], _leave)(at, element, lists)
    lists += element["S"] == "/L"
    return {id(element)}.union(*(_improve(at, each, lists) for each in _elements(at, element)))


def _elements(at: Lookup, element: Node) -> Iterator[Node]:
    found = (at(kid) for kid in element["K"] if isinstance(kid, bytes))
    return (each for each in found if each["Type"] == "/StructElem")


def _leave(at: Lookup, element: Node, lists: int) -> None:
    """Leave the element unchanged."""


def _count(at: Lookup, element: Node, lists: int) -> None:
    element["A"] = f"<</O /List /ListNumbering {COUNTING[min(lists, len(COUNTING) - 1)]}>>"


def _label(at: Lookup, element: Node, lists: int) -> None:
    """Tag the mark of a list item as its label. In an item only a mark is a box of text; words are text directly."""
    body = at(element["K"][0])
    first = next(_elements(at, body), body)
    holder = first if first["S"] == "/NonStruct" else body  # the text's own box, if the item holds more than text
    mark = next(_elements(at, holder), None)
    if mark and mark["S"] == "/Span" and any(_elements(at, mark)):
        mark.update(S="/Lbl", P=body["P"])
        element["K"].insert(0, holder["K"].pop(0))


def _scope(at: Lookup, element: Node, lists: int) -> None:
    """Set the scope of a header cell, in addition to the list of headers that WeasyPrint gives each cell."""
    row_group = at(at(element["P"])["P"])["S"]
    element["A"]["Scope"] = "/Column" if row_group == "/THead" else "/Row"


def _unlink(at: Lookup, element: Node, lists: int) -> None:
    """Make a link inside a link (the page number in the contents) a part of the outer one."""
    if at(element["P"])["S"] == "/Link":
        element["S"] = "/Span"


_IMPROVEMENTS: dict[str, Callable[[Lookup, Node, int], None]] = {
    "/L": _count,
    "/LI": _label,
    "/TH": _scope,
    "/Link": _unlink,
}

# ---- running headers and footers are not read aloud


def _mark_artifacts(at: Lookup, pages: list[Node], parents: list[Any], tagged: set[int]) -> None:
    """Mark content outside the structure as artifacts: running header and footer, which WeasyPrint tags and then leaves out."""
    for number, page in enumerate(pages):
        owners = parents[2 * number + 1]
        read_aloud = {
            piece
            for piece, owner in enumerate(owners)
            if owner == signature_fields.NO_ELEMENT or id(at(owner)) in tagged
        }
        artifacts = set(range(len(owners))) - read_aloud
        if artifacts != set(range(len(owners) - len(artifacts), len(owners))):
            raise ValueError("the running header and footer are not drawn last")
        del owners[len(owners) - len(artifacts) :]
        artifacts |= {piece for piece, owner in enumerate(owners) if owner == signature_fields.NO_ELEMENT}
        stream = at(page["Contents"]).stream
        for place, piece in _pieces(stream):
            if piece in artifacts:
                stream[place : place + 2] = ["/Artifact", "<</Type /Pagination>>"]


def _pieces(stream: list[Any]) -> list[tuple[int, int]]:
    """The position and number of each marked-content sequence in a page's content stream."""
    return [(place, each["MCID"]) for place, each in enumerate(stream[1:]) if isinstance(each, dict) and "MCID" in each]
