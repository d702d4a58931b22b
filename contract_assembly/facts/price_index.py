"""Price indices: the model of `provider/indices/<name>.yaml`, its series as CSV, the change between two months. Reads nothing.

The series has one row a month, `month,value,published_on`; a revision is a further row of the same month, published later. The
figure first published counts, as the clause "annual-adjustment" says, so that a revision never changes an agreed price."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import corresponding, parse_date
from contract_assembly.facts.fields import Model, TextFact

HEAD = ["month", "value", "published_on"]
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_VALUE = re.compile(r"\d{1,6}(\.\d{1,4})?", re.ASCII)


class Index(Model):
    """What a clause must name so that no one can doubt which figures are meant (domain: M03)."""

    name: TextFact
    publisher: TextFact
    area: TextFact
    items: TextFact
    adjusted: TextFact
    base: TextFact
    replacement: TextFact


@dataclass(frozen=True, slots=True)
class Reading:
    """The figure of one month (its first day), the day of its publication, its place, and whether it was revised later."""

    month: date
    value: Decimal
    published: date
    origin: Origin
    revised: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A series without gaps, by the first day of each month."""

    path: str
    readings: Mapping[date, Reading]

    def at(self, month: date) -> Reading:
        """The figure that counts for a month. Raises ValueError where there is none yet, or none so early."""
        if month not in self.readings:
            first, last = min(self.readings), max(self.readings)
            raise ValueError(f"{self.path} has no figure for {month:%B %Y}; it goes from {first:%B %Y} to {last:%B %Y}")
        return self.readings[month]


def read_series(text: str, path: str) -> Series:
    """Read a series strictly. Raises RefusedError with every problem, each at its line."""
    rows = list(csv.reader(io.StringIO(text), strict=True))
    problems: list[Problem] = []
    if not rows or rows[0] != HEAD:
        what = f"the first line is not {','.join(HEAD)}"
        raise RefusedError([Problem("index-head", what, Origin(path), "write it there; a month is 2026-07")])
    found = [each for each in (_row(row, Origin(path, n), problems) for n, row in enumerate(rows[1:], 2)) if each]
    kept: dict[date, Reading] = {}
    last: dict[date, Reading] = {}
    for each in found:
        problems.extend(_misplaced(each, last, kept))
        first = kept.setdefault(each.month, each)
        if first is not each:
            kept[each.month] = Reading(first.month, first.value, first.published, first.origin, revised=True)
        last[each.month] = each
    if not found and not problems:
        problems.append(Problem("index-empty", "the series has no figures", Origin(path), "add the published months"))
    if problems:
        raise RefusedError(problems)
    return Series(path, kept)


def _row(row: list[str], origin: Origin, problems: list[Problem]) -> Reading | None:
    try:
        if len(row) != len(HEAD):
            raise ValueError(f"{len(row)} values where {len(HEAD)} belong")
        if not _MONTH.fullmatch(row[0]):
            raise ValueError(f"{row[0]!r} is not a month: write it like 2026-07")
        if not _VALUE.fullmatch(row[1]) or not Decimal(row[1]):
            raise ValueError(f"{row[1]!r} is not the figure of an index: write it like 310.326, above zero")
        month, published = date.fromisoformat(f"{row[0]}-01"), parse_date(row[2])
        if published < corresponding(month, 1):
            raise ValueError(f"{row[0]} cannot have been published on {published}, before it was over")
        return Reading(month, Decimal(row[1]), published, origin)
    except ValueError as error:
        problems.append(Problem("index-row", str(error), origin, "copy the row from what the publisher shows"))
        return None


def _misplaced(each: Reading, last: Mapping[date, Reading], kept: Mapping[date, Reading]) -> Iterator[Problem]:
    """A month follows the one before it; one that stands there already is a revision, and those are published later."""
    if before := last.get(each.month):
        if each.published <= before.published:
            what = f"{each.month:%Y-%m} stands at {before.origin} already, published on {before.published}"
            hint = "a revision is published later than what it revises; remove what stands twice"
            yield Problem("index-doubled", what, each.origin, hint)
    elif kept and (due := corresponding(max(kept), 1)) != each.month:
        what = f"{each.month:%Y-%m} stands where {due:%Y-%m} is due"
        yield Problem("index-gap", what, each.origin, f"add {due:%Y-%m}, in order; a missing month is never guessed")


@dataclass(frozen=True, slots=True)
class Change:
    """The change of an index between two months, in percent, rounded half up; below zero if it fell."""

    percent: Decimal
    before: Reading
    now: Reading


def change(series: Series, reference: date, months: int, decimals: int) -> Change:
    """The change to the reference month from the same month so many months earlier, as percent change, not index points.
    Raises ValueError where the series has no figure."""
    now, before = series.at(reference), series.at(corresponding(reference, -months))
    exact = (now.value / before.value - 1) * 100
    return Change(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), before, now)
