"""Signature fields in a PDF, and anchors for e-signature services. Changes the objects of one unwritten PDF.

`html` marks each place to sign or date as a link with a special target, so that WeasyPrint lays it out, tags it and
reports its area. `complete` turns a place to sign into a signature field and removes the link. Text inside a place is
an anchor and becomes an artifact: e-signature services find it in the page content, and screen readers skip it.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from contract_assembly.writers.pdf.places_to_sign import FIELD, SIGNATURES_EXIST, is_place, unused_name

Node: TypeAlias = dict[str, Any]
Lookup: TypeAlias = Callable[[bytes], Any]

NO_ELEMENT = b"null"  # the owner of marked content that belongs to no structure element


def complete(pydyf: Any, at: Lookup, document: Any, pdf: Any) -> None:
    """Turn the places to sign in `pdf`, drawn from `document`, into form fields. Each place's element has the field's
    name in `data-name` and its description for screen readers in `title`. A name that is taken gets a number."""
    owners = at(at(pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    fields: dict[str, bytes] = {}
    for number, page in enumerate(document.pages):
        for _, target, _, box in page.links:
            if is_place(target):
                annotation = box.link_annotation
                place = _place(owners, annotation["StructParent"])
                element = at(owners[place + 1])
                _remove_text(element, owners[2 * number + 1])
                if target == FIELD:
                    name = unused_name(box.element.get("data-name"), fields)
                    fields[name] = _field(pydyf, pdf, annotation, name, box.element.get("title"))
                    element["S"] = "/Form"
                else:
                    del owners[place : place + 2]
                    _drop(at, annotation, element, at(pdf.page_references[number]))
    if fields:
        form = {"Fields": pydyf.Array(fields.values()), "SigFlags": SIGNATURES_EXIST}
        pdf.catalog["AcroForm"] = pydyf.Dictionary(form)


def _place(owners: list[Any], key: int) -> int:
    """The position of a key in the list of owners in the structure tree, in which keys and values alternate."""
    return next(place for place in range(0, len(owners), 2) if owners[place] == key)


def _remove_text(element: Node, owners: list[bytes]) -> None:
    """Remove the text of a place from the structure tree."""
    for piece in [each for each in element["K"] if isinstance(each, int)]:
        element["K"].remove(piece)
        owners[piece] = NO_ELEMENT


def _field(pydyf: Any, pdf: Any, annotation: Any, name: str, about: str) -> bytes:
    """Turn a link's area into a signature field that shows nothing until it is signed, and return its reference."""
    left, bottom, right, top = annotation["Rect"]
    left, bottom, right, top = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    empty = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, right - left, top - bottom])}
    appearance = pydyf.Stream([], pydyf.Dictionary({**empty, "Resources": pydyf.Dictionary()}))
    pdf.add_object(appearance)
    for link_only in ("A", "BS", "Contents"):
        del annotation[link_only]
    annotation["Subtype"], annotation["FT"] = "/Widget", "/Sig"
    annotation["T"], annotation["TU"] = pydyf.String(name), pydyf.String(about)
    annotation["Rect"] = pydyf.Array([left, bottom, right, top])
    annotation["AP"] = pydyf.Dictionary({"N": appearance.reference})
    reference: bytes = annotation.reference
    return reference


def _drop(at: Lookup, annotation: Any, element: Any, page: Node) -> None:
    """Remove a link and its element from the page and the structure tree."""
    page["Annots"].remove(annotation.reference)
    at(element["P"])["K"].remove(element.reference)
    annotation.clear()
    element.clear()
