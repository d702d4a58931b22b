"""Import the figures of a statistical office into `provider/indices/<name>.csv`. Returns the new text; writes nothing.

Rows are only added: new months at the end, and a further row, as a revision, for a month whose figure has changed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from contract_assembly.core.csv_tables import LineError
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.index_files import Download, downloaded
from contract_assembly.facts.price_index import BASE, HEAD, NEVER, Index, Series, published_by, read_series
from contract_assembly.repository.inputs import Repository

FOLDER = "provider/indices"
_RULE = "index-import"


class IndexRow(Struct, frozen=True):
    """A row to add: its month, its figure (None: never published), the day of its publication, and what it corrects."""

    month: date
    value: Decimal | None
    published: date
    base: str
    corrects: Decimal | None = None

    def text(self, *, with_base: bool) -> str:
        """The row as a line of the series."""
        value = NEVER if self.value is None else f"{self.value:f}"
        return f"{self.month:%Y-%m},{value},{self.published}{f',{self.base}' if with_base else ''}\n"


class ImportedIndex(Struct, frozen=True):
    """The result of an import: the file, its office and series, the rows added, and the new text."""

    path: str
    download: Download
    rows: tuple[IndexRow, ...]
    after: str


def import_index(
    repository: Repository,
    name: str,
    data: bytes,
    file: str,
    *,
    series: str = "",
    base: str = "",
    published: date | None = None,
) -> ImportedIndex:
    """Compute what a file of an office adds to the index `name`.

    `series` chooses one of several in the file, `base` is the base if the file does not name it, and `published` is the
    day on which the newest figure was published. Raises RefusedError if the file cannot be read or does not continue
    the series."""
    known = repository.names(FOLDER, ".yaml")
    if name not in known:
        what, hint = (
            f"there is no index {name}",
            f"{did_you_mean(name, known)}; {FOLDER}/{name}.yaml names it for the clause",
        )
        raise RefusedError([Problem("unknown-index", what, Origin(f"{FOLDER}/{name}.yaml"), hint)])
    index = repository.load(Index, f"{FOLDER}/{name}.yaml").model
    path = f"{FOLDER}/{name}.csv"
    before = repository.text(path) if repository.source.exists(path) else f"{','.join(HEAD)}\n"
    there = read_series(before, path)
    if faults := [each for each in there.faults if each.rule != "index-empty"]:
        raise RefusedError(faults)
    found = _chosen(data, file, series)
    base = _base(there, found, base, file)
    rows = tuple(_rows(there, found, base, index=index, published=published, file=file))
    return ImportedIndex(path, found, rows, _added(before, rows))


def _chosen(data: bytes, file: str, series: str) -> Download:
    try:
        found = downloaded(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _refused("the file is not UTF-8 text", file, "download it again as CSV, TSV or JSON") from None
    except LineError as error:
        hint = "docs/indices.md lists the files that can be imported"
        raise RefusedError([Problem(_RULE, str(error), Origin(file, error.line), hint)]) from None
    of_name = [each for each in found if not series or each.series == series]
    if len(of_name) == 1:
        return of_name[0]
    names = [each.series for each in found]
    if not found:
        raise _refused("the file has no monthly figures", file, "choose monthly figures when you download it")
    if series:
        raise _refused(f"the file has no series {series}", file, did_you_mean(series, names))
    raise _refused(f"the file has {len(found)} series", file, f"choose one with --id, like --id {names[0]}")


def _base(there: Series, found: Download, base: str, file: str) -> str:
    """The base of new rows; empty if the file continues in its own unnamed base."""
    base = base or found.base
    named = {each.base for month in there.readings.values() for each in month}
    if not named or (named == {""} and _same(there, found, "")):
        return base if not named else ""
    if not base:
        hint = "name the base of this file with --base, like --base 2025=100"
        raise _refused(f"most figures differ from those in {there.path}: another series, or a new base", file, hint)
    if base in named and not _same(there, found, base):
        hint = "compare the series ids, or name the base of this file with --base"
        raise _refused(f"most figures differ from those in {there.path} with the base {base}", file, hint)
    return base


def _same(there: Series, found: Download, base: str) -> bool:
    """Whether at least half of the months in both have the same figure."""
    shared = [
        each.value == found.figures[month]
        for month, readings in there.readings.items()
        for each in readings
        if each.base == base and each.value is not None and found.figures.get(month) is not None
    ]
    return 2 * sum(shared) >= len(shared)


def _rows(
    there: Series, found: Download, base: str, index: Index, published: date | None, file: str
) -> Iterator[IndexRow]:
    newest, released = max(found.figures), published or found.released
    of_base = {month: each for month, all_ in there.readings.items() for each in all_ if each.base == base}
    first = min(of_base or there.readings, default=min(found.figures))
    for month, value in found.figures.items():
        expected = published_by(index, month)
        day = released if released and (month == newest or released < expected) else expected
        known = of_base.get(month)
        if known is None and month >= first:
            yield IndexRow(month, value, day, base)
        elif known and value is not None and known.value != value and not known.revised:
            if released is None or released <= known.published:
                what = f"{month:%Y-%m} is {value} now, and was {known.value} when it was published on {known.published}"
                raise _refused(what, file, "say with --published-on on which later day it was revised")
            yield IndexRow(month, value, released, base, known.value)


def _added(before: str, rows: tuple[IndexRow, ...]) -> str:
    """The text with rows appended, and with a column for the base if a row names one."""
    lines = before.splitlines(keepends=True)
    head = lines[0].rstrip("\r\n")
    with_base = head.endswith(f",{BASE}") or any(each.base for each in rows)
    if with_base and not head.endswith(f",{BASE}"):
        lines[0] = lines[0].replace(head, f"{head},{BASE}")
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    ordered = sorted(rows, key=lambda each: (each.corrects is not None, each.month))
    return "".join([*lines, *(each.text(with_base=with_base) for each in ordered)])


def _refused(what: str, file: str, hint: str) -> RefusedError:
    return RefusedError([Problem(_RULE, what, Origin(file), hint)])
