"""One row of a table of clients: its cells by what they are for, what is wrong with them, and whether it is a row of sums.
Pure."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.facts.client_mapping import ClientColumns, ClientMapping
from contract_assembly.facts.export_mapping import Record

T = TypeVar("T")
_SPREADSHEET_ERROR = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NULL|NUM|SPILL)[!?]?.*", re.IGNORECASE)
_SUM = re.compile(r"(grand |sub-?)?(totals?|sum)\b.*", re.IGNORECASE)
_OF_CELLS = {"import-cell", "import-place"}
_LINES = 12  # that are listed for one mistake
# What a row of sums leaves blank: it says nothing of one client.
_OF_ONE_CLIENT = ("place", "first_day", "last_day", "person", "email", "contract")
_HINTS = {
    "company": "write the name into every row; merged cells leave it blank below the first",
    "": "fill it in, or leave the row out: leave_out: in a mapping",
}


class ClientRow(Struct):
    """One row of the table, and the problems found in it so far."""

    record: Record
    mapping: ClientMapping
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """The cell of a column by what it is for, or what the mapping says for every row; "" if neither."""
        return self.record.cells.get(name, "") or self.mapping.values.get(name, "")

    def cells(self) -> dict[str, str]:
        """Every cell by what it is for."""
        return {name: self.text(name) for name in ClientColumns.model_fields}

    def wrong(self, name: str, what: str, hint: str) -> None:
        """Add a problem with a cell; it names the head of its column."""
        heads = self.mapping.heads().get(name)
        column = f"column {' and '.join(heads)}: " if heads else ""
        self.problems.append(Problem("import-cell", f"{column}{what}", self.record.origin, hint))

    def read(self, name: str, reader: Callable[[str], T], *, needed: bool = True) -> T | None:
        """A cell by its reader; None where it is blank or cannot be read, or with a problem added."""
        text = self.text(name)
        if name in self.unreadable:
            return None
        if not text:
            if needed:
                self.wrong(name, f"{name.replace('_', ' ')} is blank", _HINTS.get(name, _HINTS[""]))
            return None
        try:
            return reader(text)
        except ValueError as error:
            self.wrong(name, str(error), "correct this cell, or the mapping")
        except RefusedError as error:
            for each in error.problems:
                self.wrong(name, each.what, each.hint)
        return None

    def of_a_spreadsheet(self) -> None:
        """Add a problem for each cell with a formula, or with the error of one, which then cannot be read."""
        hint = "save the table with the values of its formulas, as a spreadsheet does when it saves CSV"
        for name, text in self.record.cells.items():
            if text.startswith("=") or _SPREADSHEET_ERROR.fullmatch(text):
                self.unreadable.add(name)
                self.wrong(
                    name, f"{shown(text)} is {'a formula' if text[0] == '=' else 'the error of a formula'}", hint
                )

    @property
    def is_of_sums(self) -> bool:
        """Whether the row adds up those above it: it names no client, or is called a total, and says nothing of one client."""
        name, cells = self.record.cells.get("company", ""), self.record.cells
        return (not name or bool(_SUM.fullmatch(name))) and not any(cells.get(each) for each in _OF_ONE_CLIENT)


def once_each(problems: Sequence[Problem]) -> list[Problem]:
    """The problems of cells with each kind of mistake once, at its first line, with the other lines: a word that no one knows is
    in a whole column."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for each in problems:
        alike = (each.rule, each.what) if each.rule in _OF_CELLS else (each.rule, f"{each.what} {id(each)}")
        groups.setdefault(alike, []).append(each)
    return [_with_lines(first, rest) for first, *rest in groups.values()]


def _with_lines(first: Problem, rest: Sequence[Problem]) -> Problem:
    lines = [str(each.origin.line) for each in rest if each.origin]
    if not lines:
        return first
    more = f" and {len(lines) - _LINES} more" if len(lines) > _LINES else ""
    line = "line" if len(lines) == 1 else "lines"
    return replace(first, what=f"{first.what}; also in {line} {', '.join(lines[:_LINES])}{more}")


def without_sums(rows: Sequence[ClientRow]) -> tuple[list[ClientRow], list[Problem]]:
    """The rows of clients, and a warning about the others, so that nothing is passed over in silence."""
    what = "this row names no client, so it is passed over as a row of sums"
    found = [Problem("import-sums", what, row.record.origin, "", "warning") for row in rows if row.is_of_sums]
    return [row for row in rows if not row.is_of_sums], found
