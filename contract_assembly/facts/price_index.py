"""Price indices: the model of `provider/indices/<name>.yaml`, its series as CSV, and the change between two months. Pure.

The series has the columns `month,value,published_on` and, where the publisher changed the base, a fourth, `base`. One row is one
month; a later row of the same month and base is a revision. The figure first published counts, as the clause "annual-adjustment"
says, so that a revision never changes an agreed price. The value `none` marks a month that was never published.

Many agreements share a series, so a row that is wrong never makes the whole file unusable: `Series.faults` lists what is wrong,
and a figure is refused only to an agreement that needs it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.core.csv_tables import LineError, Row, rows_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import shown
from contract_assembly.core.values import Duration, corresponding, parse_date
from contract_assembly.facts.fields import DurationFact, Model, TextFact

HEAD = ["month", "value", "published_on"]
BASE = "base"
NEVER = "none"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_VALUE = re.compile(r"\d{1,6}(\.\d{1,4})?", re.ASCII)
# No general price index moves so far in a month: a jump is a new base or a typing error.
_MOST_DOWN, _MOST_UP = Decimal("0.95"), Decimal("1.25")


class Index(Model):
    """What a clause names so that no one can doubt which figures are meant.

    `published_after` is how long after the end of a month its figure is published at the latest."""

    name: TextFact
    publisher: TextFact
    area: TextFact
    items: TextFact
    adjusted: TextFact
    base: TextFact
    replacement: TextFact
    published_after: DurationFact = Duration(3, "week")


def published_by(index: Index, month: date) -> date:
    """The day by which the figure of a month (its first day) is published. Raises ValueError for hours and Business Days."""
    ends = corresponding(month, 1) - timedelta(days=1)
    after = index.published_after
    days = {"day": 1, "week": 7}.get(after.unit)
    return ends + timedelta(days=days * after.count) if days else corresponding(ends, after.months)


class Reading(Struct, frozen=True):
    """The figure of one month (its first day): the day of its publication, its row, its base, and whether it was revised later.
    `value` is None where the month was never published."""

    month: date
    value: Decimal | None
    published: date
    origin: Origin
    base: str = ""
    revised: bool = False


class NoFigureError(ValueError):
    """An agreement cannot have the figure that it needs: `rule` and `hint` are those of the problem to report."""

    def __init__(self, rule: str, what: str, hint: str) -> None:
        super().__init__(what)
        self.rule, self.hint = rule, hint


class Series(Struct, frozen=True):
    """A series by month (its first day); the readings of a month differ in base. `faults` is what is wrong with the file, `rows`
    are all of its rows that can be read, and `as_of` is the day on which it is looked at, if only what was published by then
    counts."""

    path: str
    readings: Mapping[date, tuple[Reading, ...]]
    faults: tuple[Problem, ...] = ()
    rows: tuple[Reading, ...] = ()
    as_of: date | None = None

    def known_on(self, day: date) -> "Series":
        """The series as it was published by the end of a day. What came later could not be known then."""
        return replace(self, readings=_readings(each for each in self.rows if each.published <= day), as_of=day)

    def of(self, month: date) -> tuple[Reading, ...]:
        """The figures of a month, one for each base. Raises NoFigureError where there is none: not yet, never, not readable."""
        if month not in self.readings:
            raise self._missing(month)
        found = tuple(each for each in self.readings[month] if each.value is not None)
        if not found:
            what = f"{month:%B %Y} was never published ({self.readings[month][0].origin})"
            hint = "agree with the client on another month by an amendment of fees.increase.lag"
            raise NoFigureError("index-never", what, hint)
        return found

    def at(self, month: date) -> Reading:
        """The figure of a month in the base in which it was first published. Raises NoFigureError as `of` does."""
        return min(self.of(month), key=lambda each: each.published)

    def _missing(self, month: date) -> NoFigureError:
        if later := next((each for each in self.rows if each.month == month), None):  # never after `as_of` itself
            what = (
                f"the figure of {month:%B %Y} was published on {later.published} ({later.origin}), after {self.as_of}"
            )
            return NoFigureError("index-missing", what, "until then the rise is not known")
        if not self.readings:
            if not self.faults:
                what = f"{self.path} has no figure that was published by {self.as_of}"
                return NoFigureError("index-missing", what, "until one is published, the rise is not known")
            fault = self.faults[0]
            return NoFigureError("index-fault", f"{self.path} cannot be read: {fault.what}", fault.hint)
        first, last = min(self.readings), max(self.readings)
        what = f"{self.path} has no figure for {month:%B %Y}; it runs from {first:%B %Y} to {last:%B %Y}"
        if first < month < last and self.faults:
            fault = self.faults[0]
            return NoFigureError("index-fault", f"{what}, and {fault.origin} is wrong: {fault.what}", fault.hint)
        return NoFigureError(
            "index-missing", what, "add the month when it is published; until then the rise is not known"
        )


def read_series(text: str, path: str) -> Series:
    """Read a series. What is wrong goes to `faults`, each at its line; the other rows can be used."""
    faults: list[Problem] = []
    try:
        head, *rows = (*rows_of(text, path),) or (Row([], Origin(path)),)
    except LineError as error:
        hint = "a row is 2026-07,310.326,2026-08-14, without quotation marks"
        return Series(path, {}, (Problem("index-head", str(error), Origin(path, error.line), hint),))
    if head.cells not in (HEAD, [*HEAD, BASE]):
        what = f"the first line is not {','.join(HEAD)}"
        hint = f"write it there, with ,{BASE} at its end if rows name a base; a month is 2026-07"
        return Series(path, {}, (Problem("index-head", what, Origin(path), hint),))
    found = [_row(row.cells, len(head.cells), row.origin, faults) for row in rows]
    published = tuple(each for each in found if each)
    last: dict[tuple[str, date], Reading] = {}
    for each in published:
        key = (each.base, each.month)
        faults.extend(_misplaced(each, last.get(key), [month for base, month in last if base == each.base]))
        last[key] = each
    if not published and not faults:
        faults.append(Problem("index-empty", "the series has no figures", Origin(path), "add the published months"))
    return Series(path, _readings(published), tuple(faults), published)


def _readings(rows: Iterable[Reading]) -> Mapping[date, tuple[Reading, ...]]:
    """The readings by month, one for each base: the figure first published, marked where a later row revises it."""
    kept: dict[tuple[str, date], Reading] = {}
    for each in rows:
        first = kept.setdefault((each.base, each.month), each)
        if first is not each:
            kept[each.base, each.month] = each if first.value is None else replace(first, revised=True)
    readings: dict[date, tuple[Reading, ...]] = {}
    for (_, month), each in kept.items():
        readings[month] = (*readings.get(month, ()), each)
    return readings


def _row(row: list[str], width: int, origin: Origin, faults: list[Problem]) -> Reading | None:
    try:
        if not len(HEAD) <= len(row) <= width:
            raise ValueError(f"{len(row)} values where {width} belong")
        month, value, published_on, base = (*row, "")[: len(HEAD) + 1]
        if not _MONTH.fullmatch(month):
            raise ValueError(f"{shown(month)} is not a month: write it like 2026-07")
        if value != NEVER and (not _VALUE.fullmatch(value) or not Decimal(value)):
            raise ValueError(
                f"{shown(value)} is not the figure of an index: write it like 310.326, above zero, or {NEVER}"
            )
        first, published = date.fromisoformat(f"{month}-01"), parse_date(published_on)
        if published < corresponding(first, 1):
            raise ValueError(f"{month} cannot have been published on {published}, before it was over")
        return Reading(first, None if value == NEVER else Decimal(value), published, origin, base)
    except ValueError as error:
        hint = f"copy the row from what the publisher shows; {NEVER} is a month that was never published"
        faults.append(Problem("index-row", str(error), origin, hint))
        return None


def _misplaced(each: Reading, before: Reading | None, months: list[date]) -> Iterator[Problem]:
    """A month follows the one before it, in each base; a second row of a month is a revision, and is published later."""
    if before:
        if each.published <= before.published:
            what = f"{each.month:%Y-%m} is at {before.origin} already, published on {before.published}"
            hint = "a revision is published later than what it revises; remove the second row"
            yield Problem("index-doubled", what, each.origin, hint)
    elif months and (due := corresponding(max(months), 1)) != each.month:
        what = f"{each.month:%Y-%m} follows where {due:%Y-%m} is due"
        hint = f"add {due:%Y-%m}, in order; write {due:%Y-%m},{NEVER} and the day if it was never published"
        yield Problem("index-gap", what, each.origin, hint)


class IndexChange(Struct, frozen=True):
    """The change of an index between two months, in percent, rounded half up; below zero if it fell."""

    percent: Decimal
    before: Reading
    now: Reading


def change(series: Series, reference: date, months: int, decimals: int) -> IndexChange:
    """The change to the reference month from the month that is `months` earlier: a percentage, not a difference of points.

    Both figures are of one base: that in which the later month was first published, of those that both have. Raises
    NoFigureError where a month has no figure, no base has both, or a series without bases jumps on the way."""
    earlier = corresponding(reference, -months)
    then, since = series.of(earlier), series.of(reference)
    shared = {each.base for each in then} & {each.base for each in since}
    if not shared:
        raise _no_common_base(then, since)
    now = min((each for each in since if each.base in shared), key=lambda each: each.published)
    before = next(each for each in then if each.base == now.base)
    if not now.base:
        _refuse_jump(series, earlier, reference)
    assert now.value is not None and before.value is not None  # noqa: S101, PT018  # `of` gives figures only
    exact = (now.value / before.value - 1) * 100
    return IndexChange(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), before, now)


def _no_common_base(then: tuple[Reading, ...], since: tuple[Reading, ...]) -> NoFigureError:
    before, now = then[0], since[0]
    names = [each.base or "without a named base" for each in (before, now)]
    what = f"{before.month:%B %Y} is {names[0]}, and {now.month:%B %Y} is {names[1]}: they cannot be compared"
    hint = f"add {before.month:%Y-%m} in the base {now.base or 'of the later row'}, from the publisher's linked series"
    return NoFigureError("index-base", what, hint)


def _refuse_jump(series: Series, first: date, last: date) -> None:
    known = {
        month: each.value
        for month, found in series.readings.items()
        for each in found
        if first <= month <= last and not each.base and each.value is not None
    }
    for (_, before), (month, now) in pairwise(sorted(known.items())):
        if not _MOST_DOWN <= now / before <= _MOST_UP:
            what = f"the figure jumps from {before} to {now} in {month:%B %Y}: a new base or a typing error"
            hint = f"correct it, or name the base of each row in a fourth column, {BASE}, with the earlier months in the new base"
            raise NoFigureError("index-jump", what, hint)
