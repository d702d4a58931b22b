"""Tables as CSV: how files of other programs are read, and how tables for spreadsheets are written. Pure.

Every table that a person opens in a spreadsheet is written alike: UTF-8 with a byte order mark, CRLF, and no text that
a spreadsheet would take for a formula. (`ledger.csv` is a record of its own form; `blocks.ledger` reads and writes
it.)"""

import csv
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any, Literal, NamedTuple

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError

Separator = Literal["comma", "semicolon", "tab"]
Encoding = Literal["utf-8", "utf-8-bom", "windows-1252"]
STARTS = ("=", "+", "-", "@", "\t", "\r")  # how a cell of the ledger must not begin
SEPARATORS: dict[Separator, str] = {"comma": ",", "semicolon": ";", "tab": "\t"}
_ENCODINGS = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "windows-1252": "cp1252", None: "utf-8-sig"}
_BOM = "\ufeff"
_WORKBOOKS = {
    b"PK\x03\x04": "a workbook of Excel, LibreOffice or Numbers",
    b"\xd0\xcf\x11\xe0": "a workbook of an old Excel",
    b"<html": "a web page, as some programs save it under the name of a workbook",
    b"<table": "a web page, as some programs save it under the name of a workbook",
}
_FORMULA = re.compile(r"\s*[=+\-@|%\t\r\n]")  # on the way out, other programs' habits count, too
HEAD_WITHIN = 30  # rows that may come before the head: titles, the day of the export


class Row(NamedTuple):
    """The cells of one row, and the line on which it begins."""

    cells: list[str]
    origin: Origin


class LineError(ValueError):
    """A file that cannot be read, and the line on which that shows."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.line = line


def rows_of(text: str, path: str, delimiter: str = ",") -> Iterator[Row]:
    """The rows of CSV text that are not empty, with cells of any size. Raises LineError where it is not CSV."""
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    reader, before = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True), 0
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield Row(cells, Origin(path, before + 1))
            before = reader.line_num
    except csv.Error as error:
        raise LineError(f"this is not CSV: {error}", before + 1) from None


def read_rows(
    data: bytes, path: str, separator: Separator | None = None, encoding: Encoding | None = None
) -> tuple[Row, ...]:
    """The rows of a CSV file that are not empty, with cells of any size; texts in Unicode form NFC.

    Without a separator, it is the one that the first line has most of; without an encoding, it is UTF-8 with or without
    a byte order mark. Raises RefusedError (`import-encoding`, `import-csv`, `import-workbook`) with the line."""
    text = unicodedata.normalize("NFC", _decoded(data, path, encoding))
    try:
        return tuple(rows_of(text, path, SEPARATORS[separator or likely(text)]))
    except LineError as error:
        hint = "close the quotation mark of this line, or export the file again"
        raise RefusedError([Problem("import-csv", str(error), Origin(path, error.line), hint)]) from None


def likely(text: str) -> Separator:
    """The separator that the first line of a text has most of."""
    first = text.partition("\n")[0]
    return max(SEPARATORS, key=lambda each: first.count(SEPARATORS[each]))


def _decoded(data: bytes, path: str, encoding: Encoding | None) -> str:
    if kind := next((kind for start, kind in _WORKBOOKS.items() if data.startswith(start)), None):
        hint = 'open it and choose File, Save As, "CSV UTF-8 (Comma delimited)"; one sheet is one file'
        raise RefusedError(
            [Problem("import-workbook", f"this is {kind}, and tables are read as CSV", Origin(path), hint)]
        )
    marked = data.startswith(_BOM.encode())
    if encoding and marked != (encoding == "utf-8-bom"):
        what = "begins with a byte order mark" if marked else "has no byte order mark"
        hint = f"write encoding: {'utf-8-bom' if marked else 'utf-8'} in the mapping, or save the file otherwise"
        what = f"the file {what}; the mapping says {encoding}"
        raise RefusedError([Problem("import-encoding", what, Origin(path), hint)])
    try:
        return data.decode(_ENCODINGS[encoding])
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        name = "UTF-8" if encoding is None else encoding
        hint = f"save the file as {name}, or write the right encoding: in a mapping"
        what = f"this line is not {name} text"
        raise RefusedError([Problem("import-encoding", what, Origin(path, line), hint)]) from None


def head_of(rows: Sequence[Row], heads: Collection[str]) -> int:
    """The position of the row that names the columns: the first of the first rows that has all these heads, and
    otherwise the one that has most of them. Titles may come before it."""
    counts = [len({each.strip() for each in row.cells} & set(heads)) for row in rows[:HEAD_WITHIN]]
    return counts.index(max(counts)) if counts else 0


def table(head: Sequence[str], rows: Iterable[Iterable[Any]], *, mark: bool = True) -> str:
    """Rows below their head as CSV for a spreadsheet: CRLF, and a byte order mark unless another program would take it for a part
    of the first head. None is an empty cell."""
    return f"{_BOM if mark else ''}{_written([head])}{lines(rows)}"


def lines(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as they follow the head of a table."""
    return _written([guarded(cell) for cell in row] for row in rows)


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def guarded(cell: Any) -> str:
    """A cell as text. An apostrophe leads a text that would be taken for a formula; numbers stay numbers, even below
    zero."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if cell is None or isinstance(cell, int):
        return "" if cell is None else str(cell)
    text = str(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def folded(text: str) -> str:
    """A name as it is compared: in Unicode form NFC, without regard to capitals and runs of blanks."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def parts_of(cell: str, separators: str = ",;|") -> Iterator[str]:
    """The values of a cell that holds several, like tags."""
    yield from filter(None, (each.strip() for each in re.split(f"[{re.escape(separators)}\n]", cell)))
