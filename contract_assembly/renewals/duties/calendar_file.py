"""Duties as an iCalendar file (RFC 5545). The only module that imports `icalendar`; pure otherwise.

A duty is an all-day event on its last day. Its UID depends on the client and the duty, never on the day or the machine,
so that a calendar moves the entry when the day changes. DTSTAMP is the day as of which the file was made."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from contract_assembly import __version__
from contract_assembly.core.paths import folder_of
from contract_assembly.renewals.duties.duty import Duty

if TYPE_CHECKING:
    from icalendar import Event


def calendar_file(found: Iterable[Duty], on: date) -> bytes:
    """The events, in the order given, as UTF-8 with folded lines."""
    from icalendar import Calendar  # slow to import, and only this file needs it

    calendar = Calendar()
    calendar.add("prodid", f"-//Contract Assembly {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for each in found:
        calendar.add_component(_event(each, on))
    data: bytes = calendar.to_ical()
    return data


def _event(duty: Duty, on: date) -> "Event":
    from icalendar import Alarm, Event

    event = Event()
    client = duty.client or "the firm"
    event.add("uid", uid(duty))
    event.add("dtstamp", datetime(on.year, on.month, on.day, tzinfo=UTC))
    event.add("dtstart", duty.last)
    event.add("dtend", duty.last + timedelta(days=1))
    event.add("summary", f"{client}: {duty.what}")
    event.add("description", _description(duty))
    event.add("categories", [duty.kind])
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{client}: {duty.what}")
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    return event


def _description(duty: Duty) -> str:
    since = f"From {duty.first} to {duty.last}.\n" if duty.first else ""
    folder = f"\n{folder_of(duty.client, duty.agreement)}" if duty.client else ""
    return f"{since}{duty.why}{folder}"


def uid(duty: Duty) -> str:
    """The UID: the same for the same duty, whatever its day (RFC 7986, 5.3: without a host name)."""
    named = "\n".join((duty.client, duty.agreement, duty.kind, duty.key))
    return f"{hashlib.sha256(named.encode()).hexdigest()[:32]}-due"
