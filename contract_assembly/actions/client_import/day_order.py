"""Days of a table in which some rows have the day before the month, and others the month before the day. Pure.

A mapping that names one of the two forms reads 03/04/2026 without a doubt, and wrongly where the column is mixed. A day that can
only be read the other way shows that it is mixed: then no day of the column is safe that can be read both ways."""

import re
from collections.abc import Sequence
from itertools import product

from contract_assembly.actions.client_import.rows import ClientRow

_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d\d)", re.ASCII)
DAYS = ("first_day", "last_day", "signed_on", "left_on")


def mixed_orders(rows: Sequence[ClientRow]) -> None:
    """Add a problem to each cell that cannot be trusted."""
    for name, mark in product(DAYS, "/.-"):
        found = [(row, _order(row.text(name), mark)) for row in rows]
        day_first = [row for row, order in found if order == "day"]
        month_first = [row for row, order in found if order == "month"]
        if day_first and month_first:
            for row, order in found:
                if order == "either":
                    row.wrong(name, _what(row.text(name), day_first[0], month_first[0]), _HINT)


_HINT = "write the days of the whole column in one form, best as 2026-11-24"


def _order(text: str, mark: str) -> str | None:
    """Which of the first two numbers of a day with this mark can only be the day; "either" where both can be, and None for
    another form, or for one day in both readings."""
    match = _NUMBERS.fullmatch(text)
    if not match or match[2] != mark:
        return None
    one, two = int(match[1]), int(match[3])
    if one == two:
        return None
    if one > 12:
        return "day"
    return "month" if two > 12 else "either"


def _what(text: str, day_first: ClientRow, month_first: ClientRow) -> str:
    lines = f"line {day_first.record.origin.line} has the day first, line {month_first.record.origin.line} the month"
    return f"'{text}' can be read in two ways: {lines}"
