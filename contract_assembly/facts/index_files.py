"""Files of statistical offices as monthly figures: what BLS, ONS, Eurostat and FRED offer for download. Pure.

| office | form | columns |
|---|---|---|
| BLS | flat file `cu.data.*`, tabs | series_id, year, period (M01 to M12; M13 is the year), value, footnote_codes |
| BLS | JSON of the public API | Results.series[].seriesID, .data[].year, .period, .value |
| ONS | CSV of one time series | "Title", "Release date" …, then "2025 AUG","139.2"; not years and quarters |
| Eurostat | SDMX-CSV | … unit, coicop, geo, TIME_PERIOD (2025-08), OBS_VALUE |
| Eurostat | TSV | freq,unit,coicop,geo\\TIME_PERIOD, then a column for each month |
| FRED | CSV | observation_date or DATE, then a column for each series |

A value of "-", "." or ":" is one that the office does not give: before the newest figure never, after it not yet.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from contract_assembly.core.csv_tables import LineError, rows_of
from contract_assembly.core.text import shortened, shown

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NOTHING = {"", "-", ".", ":", "n/a"}
_VALUE = re.compile(r"\d{1,6}(\.\d+)?", re.ASCII)
_PERIOD = re.compile(r"M(0[1-9]|1[0-2])", re.ASCII)
_ISO_MONTH = re.compile(r"(\d{4})-?(?:M)?(0[1-9]|1[0-2])(?:-01)?", re.ASCII)
_ONS_MONTH = re.compile(rf"(\d{{4}}) ({'|'.join(_MONTHS)})", re.ASCII)
_BASE = re.compile(r"(\d{4}(?:-\d{2,4})?) ?= ?100", re.ASCII)
_UNIT = re.compile(r"(?:^|\.)I(\d{2})(?:\.|$)", re.ASCII)
_EUROSTAT_FLAGS = re.compile(r"[ ]?[a-z]+$", re.ASCII)
_NOT_KEYS = {"DATAFLOW", "LAST UPDATE", "freq", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"}

Figures = Mapping[date, Decimal | None]


class Download(Struct, frozen=True):
    """One series of a file: its office and id, its figures by month (None: never published), its base and the day on which the
    office released it, where the file states them."""

    office: str
    series: str
    figures: Figures
    base: str = ""
    released: date | None = None


class _Cell(Struct, frozen=True):
    """One figure as the file has it, and its line."""

    series: str
    month: date
    text: str
    line: int


def downloaded(text: str) -> tuple[Download, ...]:
    """Every series of a file, by its order. Raises LineError with a sentence where the file is of no known form, or a value is
    not a figure."""
    for office, knows, cells, about in FORMS:
        if knows(text):
            return tuple(_downloads(office, cells(text), about(text)))
    raise LineError("this is not a file of BLS, ONS, Eurostat or FRED", 1)


def _downloads(office: str, cells: Iterator[_Cell], about: tuple[str, date | None]) -> Iterator[Download]:
    base, released = about
    found: dict[str, dict[date, Decimal | None]] = {}
    for each in cells:
        months = found.setdefault(each.series, {})
        if each.month in months:
            raise LineError(f"{shortened(each.series)}: {each.month:%Y-%m} appears twice", each.line)
        months[each.month] = _figure(each)
    for series, months in found.items():
        if newest := max((month for month, value in months.items() if value is not None), default=None):
            figures = {month: months[month] for month in sorted(months) if month <= newest}
            unit = _UNIT.search(series) if office == "Eurostat" else None
            yield Download(office, series, figures, _year(unit[1]) if unit else base, released)


def _figure(cell: _Cell) -> Decimal | None:
    if cell.text in _NOTHING:
        return None
    if not _VALUE.fullmatch(cell.text):
        what = f"{shortened(cell.series)}, {cell.month:%Y-%m}: {shown(cell.text)} is not the figure of an index"
        raise LineError(what, cell.line)
    return Decimal(cell.text)


def _year(two: str) -> str:
    """The base of a Eurostat unit: I15 is 2015=100, I96 is 1996=100."""
    return f"{'19' if two >= '90' else '20'}{two}=100"


def _month(text: str) -> date | None:
    match = _ISO_MONTH.fullmatch(text.strip())
    return date(int(match[1]), int(match[2]), 1) if match and int(match[1]) else None


def _numbered(year: str, month: str) -> date | None:
    """The month of a year in digits; None for anything else."""
    return _month(f"{year}-{month}")


def _head(text: str) -> str:
    return text.lstrip("\ufeff").partition("\n")[0].strip()


def _rows(text: str, delimiter: str = ",") -> Iterator[tuple[list[str], int]]:
    """The cells of each row that is not empty, without blanks around them, and its line."""
    for row in rows_of(text.lstrip("\ufeff"), "", delimiter):
        yield [cell.strip() for cell in row.cells], row.origin.line


# ---- each form


def _bls_flat(text: str) -> Iterator[_Cell]:
    (head, _), *rows = _rows(text, "\t")
    for row, line in rows:
        cells = dict(zip(head, row, strict=False))
        match = _PERIOD.fullmatch(cells.get("period", ""))
        if match and (month := _numbered(cells.get("year", ""), match[1])):
            yield _Cell(cells.get("series_id", ""), month, cells.get("value", ""), line)


def _bls_json(text: str) -> Iterator[_Cell]:
    try:
        for series in json.loads(text)["Results"]["series"]:
            for each in series["data"]:
                match = _PERIOD.fullmatch(each["period"])
                if match and (month := _numbered(str(each["year"]), match[1])):
                    yield _Cell(str(series["seriesID"]), month, str(each["value"]).strip(), 1)
    except (KeyError, TypeError, RecursionError, json.JSONDecodeError) as error:
        line = getattr(error, "lineno", 1)
        raise LineError("this is not an answer of the BLS public data API", line) from None


def _ons(text: str) -> Iterator[_Cell]:
    rows = tuple(_rows(text))
    series = next((row[1] for row, _ in rows if len(row) > 1 and row[0] == "CDID"), "")
    for row, line in rows:
        match = _ONS_MONTH.fullmatch(row[0].upper()) if len(row) > 1 else None
        if match and (month := _numbered(match[1], f"{_MONTHS.index(match[2]) + 1:02}")):
            yield _Cell(series, month, row[1], line)


def _eurostat_csv(text: str) -> Iterator[_Cell]:
    (head, _), *rows = _rows(text)
    for row, line in rows:
        cells = dict(zip(head, row, strict=False))
        if month := _month(cells.get("TIME_PERIOD", "")):
            key = ".".join(value for name, value in cells.items() if name not in _NOT_KEYS)
            yield _Cell(key, month, cells.get("OBS_VALUE", ""), line)


def _eurostat_tsv(text: str) -> Iterator[_Cell]:
    (head, _), *rows = _rows(text, "\t")
    names = head[0].partition("\\")[0].split(",")
    for row, line in rows:
        key = ".".join(value for name, value in zip(names, row[0].split(","), strict=False) if name not in _NOT_KEYS)
        for name, value in zip(head[1:], row[1:], strict=False):
            if month := _month(name):
                yield _Cell(key, month, _EUROSTAT_FLAGS.sub("", value) if value != ":" else value, line)


def _fred(text: str) -> Iterator[_Cell]:
    (head, _), *rows = _rows(text)
    for row, line in rows:
        if month := _month(row[0]):
            yield from (_Cell(series, month, value, line) for series, value in zip(head[1:], row[1:], strict=False))


# ---- what a file says of itself


def _no_header(_text: str) -> tuple[str, date | None]:
    return "", None


def _of_ons(text: str) -> tuple[str, date | None]:
    about = {row[0].casefold(): row[1] for row, _ in _rows(text) if len(row) > 1}
    base = _BASE.search(about.get("title", "")) or _BASE.search(about.get("unit", ""))
    return (f"{base[1]}=100" if base else "", _day(about.get("release date", ""), "%d-%m-%Y"))


def _of_eurostat(text: str) -> tuple[str, date | None]:
    (head, _), *rows = _rows(text)
    cells = dict(zip(head, rows[0][0], strict=False)) if rows else {}
    return "", _day(cells.get("LAST UPDATE", "").partition(" ")[0], "%d/%m/%y")


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None


_Form = tuple[str, Callable[[str], bool], Callable[[str], Iterator[_Cell]], Callable[[str], tuple[str, date | None]]]
FORMS: tuple[_Form, ...] = (
    ("BLS", lambda text: re.match(r"series_id\s", _head(text)) is not None, _bls_flat, _no_header),
    ("BLS", lambda text: text.lstrip("\ufeff \n").startswith("{"), _bls_json, _no_header),
    ("ONS", lambda text: _head(text).startswith(('"Title"', "Title,")), _ons, _of_ons),
    ("Eurostat", lambda text: {"TIME_PERIOD", "OBS_VALUE"} <= set(_head(text).split(",")), _eurostat_csv, _of_eurostat),
    ("Eurostat", lambda text: "\\TIME_PERIOD" in _head(text), _eurostat_tsv, _no_header),
    ("FRED", lambda text: _head(text).startswith(("observation_date,", "DATE,")), _fred, _no_header),
)
