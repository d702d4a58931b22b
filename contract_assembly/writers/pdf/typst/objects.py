"""The objects of a PDF that typst wrote, to be changed and written again, smaller: most of them compressed. Pure.

typst writes each object on its own and lists them all in one table, so that nothing has to be searched. A file of any other
form is an error: it is never guessed where an object ends.
"""

import re
import zlib
from collections.abc import Iterable, Mapping

from msgspec import Struct

IN_A_STREAM = 200  # objects compressed together
_XREF = re.compile(rb"xref\n0 (\d+)\n")
_TRAILER = re.compile(rb"trailer\n<<(.*?)>>\nstartxref\n", re.DOTALL)
_ENTRY = 20  # bytes of a line of the table (ISO 32000-1, 7.5.4)


class Objects(Struct, frozen=True):
    """The header of a file, its objects by number as they are written, and the keys of its trailer except the size."""

    header: bytes
    bodies: Mapping[int, bytes]
    trailer: bytes


def read(data: bytes) -> Objects:
    """The objects of a file. Raises ValueError if it is not as typst writes it."""
    at = int(data[data.rindex(b"startxref\n") :].split()[1])
    table = _XREF.match(data, at)
    trailer = _TRAILER.search(data, at)
    if not table or not trailer:
        raise ValueError("the table of this PDF is not as typst writes it")
    lines = [data[n : n + _ENTRY] for n in range(table.end(), trailer.start(), _ENTRY)][: int(table[1])]
    starts = {number: int(line[:10]) for number, line in enumerate(lines) if line[17:18] == b"n"}
    ends = dict(zip(sorted(starts.values()), [*sorted(starts.values())[1:], at], strict=True))
    bodies = {number: _body(number, data[start : ends[start]]) for number, start in starts.items()}
    return Objects(data[: min(ends)], bodies, re.sub(rb"/Size \d+", b"", trailer[1]))


def _body(number: int, written: bytes) -> bytes:
    begin, end = b"%d 0 obj\n" % number, b"endobj"
    written = written.rstrip()
    if not written.startswith(begin) or not written.endswith(end):
        raise ValueError(f"object {number} of this PDF is not as typst writes it")
    return written.removeprefix(begin).removesuffix(end).rstrip(b"\n")


def write(objects: Objects) -> bytes:
    """A file of these objects: streams as they are, all others compressed, and the table as a stream (ISO 32000-1, 7.5.7)."""
    whole = bytearray(objects.header)
    places: dict[int, tuple[int, int, int]] = {}
    plain = [number for number, body in objects.bodies.items() if not body.endswith(b"endstream")]
    for number in objects.bodies.keys() - set(plain):
        _add(whole, places, number, objects.bodies[number])
    free = max(objects.bodies) + 1
    for first in range(0, len(plain), IN_A_STREAM):
        inside = plain[first : first + IN_A_STREAM]
        places |= {number: (2, free, index) for index, number in enumerate(inside)}
        _add(whole, places, free, _together([(number, objects.bodies[number]) for number in inside]))
        free += 1
    start = len(whole)
    places[free] = (1, start, 0)
    whole += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (free, _table(objects, places, free + 1), start)
    return bytes(whole)


def _add(whole: bytearray, places: dict[int, tuple[int, int, int]], number: int, body: bytes) -> None:
    places[number] = (1, len(whole), 0)
    whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _together(inside: Iterable[tuple[int, bytes]]) -> bytes:
    numbers, bodies, at = [], [], 0
    for number, body in inside:
        numbers.append(b"%d %d " % (number, at))
        bodies.append(body + b"\n")
        at += len(body) + 1
    head = b"".join(numbers)
    return stream(b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(head)), head + b"".join(bodies))


def _table(objects: Objects, places: Mapping[int, tuple[int, int, int]], size: int) -> bytes:
    rows = [(0, 0, 65535), *(places.get(number, (0, 0, 65535)) for number in range(1, size))]
    content = b"".join(kind.to_bytes(1) + at.to_bytes(4) + index.to_bytes(2) for kind, at, index in rows)
    return stream(b"/Type/XRef/W[1 4 2]/Size %d%s" % (size, objects.trailer), content)


def stream(keys: bytes, content: bytes) -> bytes:
    """A compressed stream with these keys."""
    packed = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (keys, len(packed), packed)


def text(said: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2)."""
    return b"<FEFF%s>" % said.encode("utf-16-be").hex().upper().encode()
