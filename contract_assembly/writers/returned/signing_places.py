"""Where people sign and date in a PDF of ours: its signature fields, and the lines for the date below them. Reads only."""

from typing import NamedTuple

from contract_assembly.writers.returned.pdf_file import opened
from contract_assembly.writers.returned.pdf_pages import boxes_of

_BELOW = 4.0  # points from the line for ink up to the label that is on it
_BEFORE = 90.0  # points, at most, from a label to the place after it


class Area(NamedTuple):
    """A rectangle on a page, which is counted from 1. All else are fractions of the page's size, from its top left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


class Place(NamedTuple):
    """A place to sign, by the name of its field, and the place for the date that belongs to it."""

    field: str
    signature: Area
    date: Area


class _Rect(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


def signing_places(data: bytes, label: str) -> tuple[Place, ...]:
    """The places to sign of a PDF that the program wrote, in order. `label` is what is printed before the date, "Date:"; the date
    goes on the line of the nearest one below the signature. A field without such a line is left out. Raises UnreadableError."""
    found = []
    for page, size, fields in _fields(data):
        labels = boxes_of(data, page, label)
        for name, rect in fields:
            below = [bottom for left, bottom in labels if 0 <= rect.left - left <= _BEFORE and bottom < rect.bottom]
            if below:
                low = max(below) - _BELOW
                date = rect._replace(bottom=low, top=low + rect.top - rect.bottom)
                found.append(Place(name, _area(page, rect, size), _area(page, date, size)))
    return tuple(found)


def _fields(data: bytes) -> list[tuple[int, _Rect, list[tuple[str, _Rect]]]]:
    """The pages with signature fields: number, size, and the fields with their areas."""
    found = []
    with opened(data) as file:
        for number, page in enumerate(file.pages, 1):
            marks = [each for each in page.obj.get("/Annots", []) if each.get("/FT") == "/Sig"]
            fields = [(str(each["/T"]), _Rect(*map(float, each["/Rect"]))) for each in marks]
            if fields:
                found.append((number, _Rect(*map(float, page.mediabox)), fields))
    return found


def _area(page: int, rect: _Rect, size: _Rect) -> Area:
    width, height = size.right - size.left, size.top - size.bottom
    sides = (
        (rect.left - size.left) / width,
        (size.top - rect.top) / height,
        (rect.right - rect.left) / width,
        (rect.top - rect.bottom) / height,
    )
    return Area(page, *(round(each, 6) for each in sides))
