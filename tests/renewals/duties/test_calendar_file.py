"""Duties as entries of a calendar."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import icalendar
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_assembly.core.text import refusal
from contract_assembly.renewals.duties.calendar_file import calendar_file, uid
from tests.helpers.acme_duties import DUE, FOUND, ON, duty
from tests.helpers.corpus import REPOSITORY


def parsed(data):
    """As another library reads it."""
    return {str(each.uid.value): each for each in vobject.readOne(data.decode()).vevent_list}


FACTS = st.text(max_size=120).filter(lambda text: refusal(text) is None and text)


def test_a_calendar_reads_every_duty_as_it_is():
    events = parsed(calendar_file(FOUND, ON))
    assert len(events) == len(FOUND)
    for each in FOUND:
        event = events[uid(each)]
        assert event.dtstart.value == each.last
        assert event.dtend.value == each.last + timedelta(days=1)
        assert event.summary.value == f"{each.client}: {each.what}"
        assert each.why in event.description.value
        assert event.dtstamp.value == datetime(2027, 5, 3, tzinfo=UTC)


def test_what_facts_hold_stays_a_fact():
    hostile = duty(what="Review; of, all\\ BEGIN:VEVENT", why="Zażółć gęślą jaźń " * 12)
    (event,) = parsed(calendar_file([hostile], ON)).values()
    assert event.summary.value == f"acme: {hostile.what}"
    assert hostile.why in event.description.value


@settings(deadline=None)
@given(FACTS, FACTS)
def test_no_fact_adds_a_property_to_a_calendar_and_each_is_read_as_it_was_written(what, why):
    data = calendar_file([duty(what=what, why=why), duty(key="2")], ON)
    both = icalendar.Calendar.from_ical(data)
    assert set(both) == {"PRODID", "VERSION", "CALSCALE", "METHOD"}
    names = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP"}
    assert [(each.name, set(each)) for each in both.subcomponents] == [("VEVENT", names)] * 2
    (event, _) = both.subcomponents
    assert event["SUMMARY"] == f"acme: {what}"
    assert event["DESCRIPTION"].startswith(why)
    assert [(each.name, set(each)) for each in event.subcomponents] == [
        ("VALARM", {"ACTION", "DESCRIPTION", "TRIGGER"})
    ]


def test_lines_are_folded_at_75_bytes_and_end_as_the_standard_says():
    data = calendar_file([*FOUND, duty(why="ü" * 400)], ON)
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_an_entry_moves_with_its_day_and_no_two_are_alike():
    assert uid(duty()) == uid(duty(last=date(2027, 7, 1), what="Other words"))
    assert uid(duty()) != uid(duty(client="brookfield"))
    assert "@" not in uid(duty())
    assert len({uid(each) for each in FOUND}) == len(FOUND)


def test_the_file_is_the_same_in_any_process(tmp_path):
    files = []
    for number, (zone, seed) in enumerate((("Pacific/Kiritimati", "1"), ("America/New_York", "2"))):
        path = tmp_path / f"{number}.ics"
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, str(REPOSITORY / "build.py"), *DUE, "--ics", str(path)]
        done = subprocess.run(command, check=True, capture_output=True, env=env)
        assert done.stdout
        files.append(path.read_bytes())
    assert files[0] == files[1]
    assert len(parsed(files[0])) > 90
