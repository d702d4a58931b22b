"""Places to sign in a PDF: form fields for signatures, and anchors for e-sign services. Touches the objects of one unwritten PDF.

`html` marks each place as a link of a kind of its own, so that WeasyPrint lays it out, tags it and reports its area. `complete`
makes a signature field of a place to sign. Words inside a place are anchors, and become artifacts: a program that looks for
them finds them in the page's content, and screen readers skip them. Nothing of the link itself stays.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

Node: TypeAlias = dict[str, Any]
Lookup: TypeAlias = Callable[[bytes], Any]

FIELD, MARK = "signature-field:", "signature-mark:"  # what the links of places lead to; never written into a file
NOBODY = b"null"  # the owner of a piece of a page that no element of the structure holds
SIGNATURES_EXIST = 1  # flag of the form (ISO 32000-1, table 219)


def is_place(target: str) -> bool:
    """Whether a link is a place to sign or for a date, and no link."""
    return target in {FIELD, MARK}


def complete(pydyf: Any, at: Lookup, document: Any, pdf: Any) -> None:
    """Make fields of the places to sign in `pdf`, drawn from `document`. Each place's element carries `data-name`, the
    field's name, and `title`, what it is for people who do not see the page. A name used before gets a number."""
    owners = at(at(pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    fields: dict[str, bytes] = {}
    for number, page in enumerate(document.pages):
        for _, target, _, box in page.links:
            if is_place(target):
                note = box.link_annotation
                place = _place(owners, note["StructParent"])
                element = at(owners[place + 1])
                _silence(element, owners[2 * number + 1])
                if target == FIELD:
                    name = _free(box.element.get("data-name"), fields)
                    fields[name] = _field(pydyf, pdf, note, name, box.element.get("title"))
                    element["S"] = "/Form"
                else:
                    del owners[place : place + 2]
                    _drop(at, note, element, at(pdf.page_references[number]))
    if fields:
        form = {"Fields": pydyf.Array(fields.values()), "SigFlags": SIGNATURES_EXIST}
        pdf.catalog["AcroForm"] = pydyf.Dictionary(form)


def _place(owners: list[Any], key: int) -> int:
    """The position of a key in the structure's list of owners, which is keys and values by turns."""
    return next(place for place in range(0, len(owners), 2) if owners[place] == key)


def _silence(element: Node, owners: list[bytes]) -> None:
    """Take the words of a place out of the structure."""
    for piece in [each for each in element["K"] if isinstance(each, int)]:
        element["K"].remove(piece)
        owners[piece] = NOBODY


def _free(name: str, taken: Iterable[str]) -> str:
    """A field's name that no other has: "Client", then "Client 2"."""
    used = set(taken)
    names = [name, *(f"{name} {number}" for number in range(2, len(used) + 2))]
    return next(each for each in names if each not in used)


def _field(pydyf: Any, pdf: Any, note: Any, name: str, about: str) -> bytes:
    """Make a link's area a signature field that shows nothing until it is signed. Gives its reference."""
    left, bottom, right, top = note["Rect"]
    left, bottom, right, top = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    empty = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, right - left, top - bottom])}
    look = pydyf.Stream([], pydyf.Dictionary({**empty, "Resources": pydyf.Dictionary()}))
    pdf.add_object(look)
    for link_only in ("A", "BS", "Contents"):
        del note[link_only]
    note["Subtype"], note["FT"] = "/Widget", "/Sig"
    note["T"], note["TU"] = pydyf.String(name), pydyf.String(about)
    note["Rect"] = pydyf.Array([left, bottom, right, top])
    note["AP"] = pydyf.Dictionary({"N": look.reference})
    reference: bytes = note.reference
    return reference


def _drop(at: Lookup, note: Any, element: Any, page: Node) -> None:
    """Take a link and its element out of the page and the structure."""
    page["Annots"].remove(note.reference)
    at(element["P"])["K"].remove(element.reference)
    note.clear()
    element.clear()
