"""The factor of a piece of work, minute by minute: the service desk's calendar, its time zone, and clock changes.
Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract_assembly.core.text import shown
from contract_assembly.core.values import parse_time
from contract_assembly.facts.business_days import holidays_kept, hours_on, is_business_day
from contract_assembly.facts.catalogue import Calendar

PLAIN = Decimal(1)
_SUNDAY = 6
_OFFSET = re.compile(r"(\d\d:\d\d)(?:([+-])(\d\d):(\d\d))?", re.ASCII)
_MINUTE = timedelta(minutes=1)

Parts = Mapping[Decimal, int]  # minutes by factor


class Desk(Struct, frozen=True, dict=True):
    """The service desk: its calendar, and the factors of a Business Day after hours, of a weekend and of a closed day.

    With `sunday`, Sundays have a factor of their own, and a public holiday on a weekend has that of a closed day if it is
    higher."""

    calendar: Calendar
    after_hours: Decimal
    weekend: Decimal
    holiday: Decimal
    sunday: Decimal | None = None

    @cached_property
    def _open(self) -> dict[date, bool]:
        return {}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of all times in the ledger."""
        return ZoneInfo(self.calendar.timezone)

    def parts(self, day: date, start: str, worked: int, *, asked: bool) -> Parts:
        """Minutes by factor of work that began at a local time ("" where none was noted).

        A factor applies only to work that the client's contact asked for at that time. Without a time, work on a
        Business Day counts as work in Business Hours. Raises ValueError for a time that the clocks skip or have twice,
        and for work that runs into the next day."""
        span = self.span(day, start, worked) if start else None
        if not asked:
            return {PLAIN: worked}
        if not self.open_on(day):
            return {self._closed(day): worked}
        if span is None:
            return {PLAIN: worked}
        hours = hours_on(day, self.calendar) or (self.calendar.opens, self.calendar.closes)
        opens, closes = (self._instant(day, at) for at in hours)
        inside = max(timedelta(), min(span[1], closes) - max(span[0], opens)) // _MINUTE
        return {factor: count for factor, count in ((PLAIN, inside), (self.after_hours, worked - inside)) if count}

    def _closed(self, day: date) -> Decimal:
        """The factor of a day that is not a Business Day. If two fit, only the higher one applies (clause block-counting)."""
        if day in self.calendar.days:
            return self.holiday
        if self.sunday is None:
            return self.weekend
        weekend = self.sunday if day.weekday() == _SUNDAY else self.weekend
        return max(weekend, self.holiday) if day in holidays_kept(self.calendar, day.year) else weekend

    def span(self, day: date, start: str, worked: int) -> tuple[datetime, datetime]:
        """Start and end, as instants. Minutes are elapsed time, so that clock changes do not matter.

        Raises ValueError as `parts` does."""
        begins = self._start(day, start)
        ends = begins + worked * _MINUTE
        if (ends - _MINUTE).astimezone(self.zone).date() != day:
            raise ValueError("it runs past midnight: log the minutes of each day as an entry of that day")
        return begins, ends

    def open_on(self, day: date) -> bool:
        """Whether this is a Business Day; remembered."""
        if day not in self._open:
            self._open[day] = is_business_day(day, self.calendar)
        return self._open[day]

    def _start(self, day: date, text: str) -> datetime:
        match = _OFFSET.fullmatch(text)
        if not match:
            raise ValueError(f"{shown(text)} is not a time of day: write it like 08:30")
        clock = parse_time(match[1])
        both = [datetime.combine(day, clock, self.zone).replace(fold=fold) for fold in (0, 1)]
        found = {each.utcoffset(): each.astimezone(UTC) for each in both}
        name = self.calendar.timezone_name
        if all(each.astimezone(self.zone).time() != clock for each in found.values()):
            raise ValueError(f"{match[1]} did not exist on {day}: the clocks went forward in {name}")
        if len(found) == 1:
            if match[2]:
                raise ValueError(f"write {match[1]} without an offset: on {day} it came once in {name}")
            return next(iter(found.values()))
        offsets = {_written(each.utcoffset()): each.astimezone(UTC) for each in both}
        if (written := text.removeprefix(match[1])) not in offsets:
            choices = " or ".join(f"{match[1]}{offset}" for offset in offsets)
            raise ValueError(f"{match[1]} came twice on {day}, because the clocks went back: write {choices}")
        return offsets[written]

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def _written(offset: timedelta | None) -> str:
    minutes = (offset or timedelta()) // _MINUTE
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
