"""Cells of exports as values: days, times of day, moments, and time worked, in the forms that other programs write.
Pure.

Each reader raises ValueError with a sentence."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from contract_assembly.core.text import shown

ISO = "iso"
EPOCHS = {"epoch": 1, "epoch-ms": 1000}  # units in a second, since 1970
Unit = Literal["hours", "minutes", "seconds"]
_ISO = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(:\d\d(?:[.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_EPOCH = re.compile(r"\d{1,14}(\.\d{1,9})?", re.ASCII)
_DIRECTIVE = re.compile(r"%.?")
_DAY = ({"%Y", "%y"}, {"%m", "%b", "%B"}, {"%d"})
_TIME = ({"%H", "%I"}, {"%M"})
_KNOWN = {"%Y", "%y", "%m", "%d", "%H", "%I", "%M", "%S", "%f", "%p", "%b", "%B", "%z"}
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d(?:\.\d{1,9})?)?(?: ?([AaPp])\.?[Mm]\.?)?([+-]\d\d:\d\d)?", re.ASCII)
_LONG = re.compile(r"(\d{1,3}):(\d\d)(?::(\d\d))?(?: ?h)?", re.ASCII)
_SHORT = re.compile(r"(\d{1,3}):(\d\d) ?min", re.ASCII)
_WORDS = re.compile(r"(?=\d)(?:(\d{1,3}) ?h(?:ours?|rs?)?)? ?(?:(\d{1,4}) ?m(?:in(?:utes?|s)?)?)?", re.ASCII)
_PERIOD = re.compile(r"PT(?=\d)(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d{1,5}(?:\.\d+)?S)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,8})?", re.ASCII)
_PER_MINUTE: dict[Unit, Decimal] = {"hours": Decimal(60), "minutes": Decimal(1), "seconds": Decimal(1) / 60}


def open_form(form: str, *, day_only: bool = False) -> Iterator[str]:
    """What a form of a day or a moment leaves open, as sentences; none for a whole one."""
    found, kind = set(_DIRECTIVE.findall(form)), "day" if day_only else "moment"
    if form == ISO or (form in EPOCHS and not day_only):
        return
    needed = _DAY if day_only else (*_DAY, *_TIME)
    if unknown := sorted(found - _KNOWN):
        yield f"{shown(form)} holds {', '.join(unknown)}, which is not used here"
    elif any(not found & one_of for one_of in needed):
        parts = "year, month and day" if day_only else "year, month, day, hour and minute"
        yield f"{shown(form)} does not hold a whole {kind}: {parts}"
    elif "%I" in found and "%p" not in found:
        yield f"{shown(form)} leaves open whether it is morning or afternoon"


def moment(text: str, forms: Iterable[str], zone: ZoneInfo) -> datetime:
    """A moment with its offset; one without an offset is on the clocks of `zone`. Of an hour that these clocks have
    twice, it is the first."""
    found = {each for form in forms if (each := _moment(text, form))}
    if not found:
        raise ValueError(f"{shown(text)} is not a moment of the form {' or '.join(forms)}")
    if len(found) > 1:
        raise ValueError(f"{shown(text)} can be read in two ways; leave one form in the mapping")
    only = found.pop()
    local = only if only.tzinfo else only.replace(tzinfo=zone)
    if not only.tzinfo and local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != only:
        raise ValueError(f"{shown(text)} did not exist: the clocks of {zone.key} went forward")
    return local


def day(text: str, forms: Iterable[str]) -> date:
    """A day in one of the forms."""
    found = {each for form in forms if (each := _day(text, form))}
    if not found:
        known = " or ".join("2026-11-24" if form == ISO else form for form in forms)
        raise ValueError(f"{shown(text)} is not a date of the form {known}")
    if len(found) > 1:
        raise ValueError(f"{shown(text)} can be read in two ways; leave one form in the mapping")
    return found.pop()


def clock(text: str) -> str:
    """A time of day as the ledger has it, "09:05", from "9:05", "09:05:30" or "9:05 PM"; seconds are dropped. An offset
    stays."""
    match = _CLOCK.fullmatch(text)
    if not match or int(match[2]) > 59 or not (1 <= int(match[1]) <= 12 if match[3] else int(match[1]) <= 23):
        raise ValueError(f"{shown(text)} is not a time of day: write it like 08:30")
    hour = int(match[1]) % 12 + (12 if match[3] in {"P", "p"} else 0) if match[3] else int(match[1])
    return f"{hour:02d}:{match[2]}{match[4] or ''}"


def local_clock(at: datetime, zone: ZoneInfo) -> tuple[date, str]:
    """The day and the time of day of a moment on the clocks of a zone; an hour that comes twice has its offset."""
    here = at.astimezone(zone)
    offset = here.utcoffset() or timedelta()
    twice = here.replace(fold=0).utcoffset() != here.replace(fold=1).utcoffset()
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    written = f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}" if twice else ""
    return here.date(), f"{here:%H:%M}{written}"


def duration(text: str, unit: Unit | None = None) -> int:
    """Time worked in whole minutes: "1h30m", "35 min", "1:30", "00:18:25", "18:25 min", "PT18M25S", or a number of
    `unit`. Seconds of a clock are dropped; a number of hours is rounded half up, since 0.33 hours are 20 minutes. A
    whole number without a unit is minutes."""
    if match := _SHORT.fullmatch(text):
        return int(match[1])
    if match := _LONG.fullmatch(text) or _WORDS.fullmatch(text) or _PERIOD.fullmatch(text):
        if match.re is not _LONG or int(match[2]) < 60:
            return int(match[1] or 0) * 60 + int(match[2] or 0)
    elif _NUMBER.fullmatch(text) and (unit or text.isdigit()):
        number = Decimal(text.replace(",", "."))
        return int((number * _PER_MINUTE[unit or "minutes"]).quantize(Decimal(1), ROUND_HALF_UP))
    elif _NUMBER.fullmatch(text):
        raise ValueError(
            f"{shown(text)} may be hours or minutes: write it like 0:19; in a mapping, unit: hours says it"
        )
    raise ValueError(f"{shown(text)} is not a time worked: write it like 35m, 1h30m or 1:30")


def _moment(text: str, form: str) -> datetime | None:
    try:
        if form == ISO:
            match = _ISO.fullmatch(text)
            seconds = (match[2] or "").replace(",", ".")[:10] if match else ""
            return datetime.fromisoformat(f"{match[1]}{seconds}{match[3] or ''}") if match else None
        if form in EPOCHS:
            return _since_1970(text, EPOCHS[form])
        return datetime.strptime(text, form)  # noqa: DTZ007  # the zone is that of the mapping
    except (ValueError, OverflowError):
        return None


def _since_1970(text: str, per_second: int) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(Decimal(text) * 1_000_000 / per_second))


def _day(text: str, form: str) -> date | None:
    try:
        if form == ISO:
            return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
        return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return None
