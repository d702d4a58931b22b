"""What makes a PDF fit for archives (PDF/A-3a) and for all readers (PDF/UA-1) at once. Touches the objects of one unwritten PDF.

WeasyPrint makes a file of either kind. It has no option for both, and leaves a few things to say for people who do not see the
page. `finish` says them, in WeasyPrint's own hook for such work, on the objects before they are written: nothing is patched.
A change of WeasyPrint that it does not expect is an error, never a file that is a little wrong.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

from contract_assembly.document.writer_extras import Enclosure
from contract_assembly.writers.pdf import attachments, signature_fields

Node: TypeAlias = dict[str, Any]
Lookup: TypeAlias = Callable[[bytes], Any]

OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/a-3a"}

# PDF/A allows a property of another standard if the same RDF describes its schema (ISO 19005-3, 6.6.2.3): hence the second part.
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

# How the marks of a list count, by how deep it lies in others: (a), then (i), then (A). ISO 32000-1, table 347.
COUNTING = ("/LowerAlpha", "/LowerRoman", "/UpperAlpha")


def one_area_for_each_link(document: Any) -> None:
    """Leave out the areas of the boxes inside a link: WeasyPrint lays one over the other, all with the same target."""
    for page in document.pages:
        page.links = [link for link in page.links if link[3].link]


def finish(pydyf: Any, enclosed: Sequence[Enclosure], document: Any, pdf: Any) -> None:
    """Complete `pdf`, drawn from `document` with OPTIONS, and put files into it. `pydyf` makes PDF objects.

    Raises ValueError where WeasyPrint's objects are not what this module knows.
    """
    at: Lookup = partial(_object, pdf)
    _declare(at(pdf.catalog["Metadata"]))
    _tell_links(pydyf.String, document)
    attachments.enclose(pydyf, pdf, enclosed)
    signature_fields.complete(pydyf, at, document, pdf)
    root = at(pdf.catalog["StructTreeRoot"])
    told = _improve(at, at(root["K"][0]), 0) | {id(root)}
    _hush(at, [at(page) for page in pdf.page_references], at(root["ParentTree"])["Nums"], told)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _declare(metadata: Any) -> None:
    """Say in the file's metadata that it is PDF/UA-1 too."""
    (words,) = metadata.stream
    if words.count(b"</rdf:RDF>") != 1 or b'part="3" pdfaid:conformance="A"' not in words:
        raise ValueError("the metadata are not those of PDF/A-3a")
    metadata.stream = [words.replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>")]


def _tell_links(string: Callable[[str], Any], document: Any) -> None:
    """Describe each link by its own words: WeasyPrint gives the target's name, which is not for people."""
    for page in document.pages:
        for _, target, _, box in page.links:
            if signature_fields.is_place(target):
                continue
            words = " ".join(getattr(each, "text", "") for each in box.descendants())
            box.link_annotation["Contents"] = string(" ".join(words.split()))


# ---- the structure: everything in it is read aloud


def _improve(at: Lookup, element: Node, lists: int) -> set[int]:
    """Better this element and all below it, `lists` lists deep; the identities of all of them."""
    _BETTER.get(element["S"], _nothing)(at, element, lists)
    lists += element["S"] == "/L"
    return {id(element)}.union(*(_improve(at, each, lists) for each in _elements(at, element)))


def _elements(at: Lookup, element: Node) -> Iterator[Node]:
    found = (at(kid) for kid in element["K"] if isinstance(kid, bytes))
    return (each for each in found if each["Type"] == "/StructElem")


def _nothing(at: Lookup, element: Node, lists: int) -> None:
    """Leave it as it is."""


def _count(at: Lookup, element: Node, lists: int) -> None:
    element["A"] = f"<</O /List /ListNumbering {COUNTING[min(lists, len(COUNTING) - 1)]}>>"


def _label(at: Lookup, element: Node, lists: int) -> None:
    """Part the mark of an item from its words. Only a mark is a box of text inside an item: words are text themselves."""
    body = at(element["K"][0])
    first = next(_elements(at, body), body)
    holder = first if first["S"] == "/NonStruct" else body  # the words' own box, where the item holds more than words
    mark = next(_elements(at, holder), None)
    if mark and mark["S"] == "/Span" and any(_elements(at, mark)):
        mark.update(S="/Lbl", P=body["P"])
        element["K"].insert(0, holder["K"].pop(0))


def _scope(at: Lookup, element: Node, lists: int) -> None:
    """Say which cells a head speaks for, beside the list of heads that WeasyPrint gives each cell."""
    inside = at(at(element["P"])["P"])["S"]
    element["A"]["Scope"] = "/Column" if inside == "/THead" else "/Row"


def _unlink(at: Lookup, element: Node, lists: int) -> None:
    """A link inside a link (the page number in the contents) is a part of it."""
    if at(element["P"])["S"] == "/Link":
        element["S"] = "/Span"


_BETTER: dict[str, Callable[[Lookup, Node, int], None]] = {"/L": _count, "/LI": _label, "/TH": _scope, "/Link": _unlink}

# ---- running heads and feet are not read aloud


def _hush(at: Lookup, pages: list[Node], parents: list[Any], told: set[int]) -> None:
    """Make artifacts of all pieces without an element: running head and foot, which WeasyPrint tags and then leaves out."""
    for number, page in enumerate(pages):
        owners = parents[2 * number + 1]
        heard = {
            piece for piece, owner in enumerate(owners) if owner == signature_fields.NOBODY or id(at(owner)) in told
        }
        silent = set(range(len(owners))) - heard
        if silent != set(range(len(owners) - len(silent), len(owners))):
            raise ValueError("running head and foot are not drawn last")
        del owners[len(owners) - len(silent) :]
        silent |= {piece for piece, owner in enumerate(owners) if owner == signature_fields.NOBODY}
        stream = at(page["Contents"]).stream
        for place, piece in _pieces(stream):
            if piece in silent:
                stream[place : place + 2] = ["/Artifact", "<</Type /Pagination>>"]


def _pieces(stream: list[Any]) -> list[tuple[int, int]]:
    """Where each numbered piece of a page's content begins, and its number."""
    return [(place, each["MCID"]) for place, each in enumerate(stream[1:]) if isinstance(each, dict) and "MCID" in each]
