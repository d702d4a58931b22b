"""Time entries from other programs."""

from collections.abc import Mapping
from datetime import date

import pytest

from contract_assembly.blocks.timesheet import checked_columns, fresh, imported, names_of, plain_mapping, timesheet
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import Located, located
from contract_assembly.facts.time_mapping import TimeMapping
from tests.helpers.books import FIRST, book, with_work, without
from tests.helpers.corpus import REPOSITORY

HEAD = "date,time,person,task,worked,reference\n"
ONE = "2026-10-05,09:00,tom-ekberg,Printer,35m,R-1\n"
TWO = "2026-10-05,10:00,tom-ekberg,Printer,0:20,R-1\n"


def sheet(text, columns: Mapping[str, str] | None = None):
    data = text if isinstance(text, bytes) else text.encode()
    pairs = checked_columns(f"{name}={column}" for name, column in (columns or {}).items())
    return timesheet(data, "november.csv", plain_mapping(data, "november.csv", pairs), names_of(book()))


def read(text, columns: Mapping[str, str] | None = None):
    found = sheet(text, columns)
    if found.problems:
        raise RefusedError(found.problems)
    return found.works


def refused(text, mapping=None):
    with pytest.raises(RefusedError) as told:
        read(text, mapping)
    return [(each.what, each.origin and each.origin.line) for each in told.value.problems]


def test_entries_are_read_with_their_lines():
    first, second = read(HEAD + ONE + "\n" + TWO)
    assert (first.date, first.time, first.person, first.worked, first.channel) == (
        FIRST,
        "09:00",
        "tom-ekberg",
        35,
        "remote",
    )
    assert (second.worked, second.origin.line) == (20, 4)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace(",", ";").encode(),
        lambda text: text.replace("Printer", '"Printer"').encode(),
        lambda text: text.replace("date,", "Customer,date,", 1).replace("\n2026", "\nHudson,2026").encode(),
    ],
)
def test_what_spreadsheets_write_is_read_alike(change):
    found = read(change(HEAD + ONE + TWO))
    assert [each.worked for each in found] == [35, 20]
    assert {each.task for each in found} == {"Printer"}


def test_other_columns_are_mapped():
    found = read(
        "Day,Who,What,Minutes\n2026-10-05,tom-ekberg,Printer,35\n",
        {"date": "Day", "person": "Who", "task": "What", "worked": "Minutes"},
    )
    assert [each.worked for each in found] == [35]


@pytest.mark.parametrize(
    ("text", "mapping", "words", "line"),
    [
        ("", {}, "the file is empty", 1),
        ("date,person,task\n", {}, "there is no column 'worked'", 1),
        (HEAD, {"worked": "Minutes"}, "there is no column 'Minutes'", 1),
        (HEAD, {"minutes": "worked"}, "minutes is not a field", None),
        (HEAD.replace("reference", "task"), {}, "there are 2 columns 'task'", 1),
        (HEAD + ONE.replace("Printer", "Printer,big"), {}, "7 cells", 2),
        (HEAD + ONE.replace("2026-10-05", "05.10.2026"), {}, "is not a date", 2),
        (HEAD + ONE.replace("35m", "some"), {}, "is not a time worked", 2),
        (HEAD + ONE.replace("Printer", "=cmd()"), {}, "begins like a formula", 2),
        (HEAD + ONE + TWO.replace("Printer", '"Printer'), {}, "this is not CSV", 3),
        ((HEAD + ONE).encode() + b"\xff\n", {}, "not UTF-8", 3),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text, mapping, words, line):
    assert any(words in what and at == line for what, at in refused(text, mapping))


def test_every_bad_line_is_named():
    bad = ONE.replace("35m", "x") + TWO + ONE.replace("Printer", "+1")
    assert [line for _, line in refused(HEAD + bad)] == [2, 4]


def brought(found, text):
    new, known = fresh(read(text), found.ledger.rows)
    return (with_work(found, *new, booked=date(2026, 10, 31)) if new else found), known


def test_importing_twice_changes_nothing():
    once, known = brought(book(), HEAD + TWO + ONE)
    assert (known, [row.time for row in once.ledger.rows]) == (0, ["09:00", "10:00"])
    twice, known = brought(once, HEAD + ONE + TWO)
    assert (twice, known) == (once, 2)


def test_two_alike_in_a_file_are_two():
    alike = ONE.replace("09:00", "")
    once, _ = brought(book(), HEAD + alike + alike)
    assert len(once.ledger.rows) == 2
    assert brought(once, HEAD + alike * 3)[1] == 2


def test_what_was_taken_back_does_not_come_back():
    once, _ = brought(book(), HEAD + ONE)
    gone = without(once, 1, date(2026, 10, 31))
    assert brought(gone, HEAD + ONE) == (gone, 1)


# ---- clients, billable work, people


def entered_lines(text, columns=None, found=None, booked=date(2026, 11, 30)):
    found = found or book()
    data = text.encode()
    mapping = plain_mapping(data, "november.csv", columns or {})
    return imported(found, timesheet(data, "november.csv", mapping, names_of(found)), booked)


def all_refused(text, **more):
    with pytest.raises(RefusedError) as refused:
        entered_lines(text, **more)
    return [(each.origin.line, each.what) for each in refused.value.problems]


@pytest.mark.parametrize("head", ["Client", "client", "Customer"])
def test_hours_of_another_client_are_never_taken(head):
    text = f"date,person,task,worked,{head}\n2026-10-05,tom-ekberg,A,30m,Hudson\n2026-10-05,tom-ekberg,B,2h,Acme\n"
    assert all_refused(text) == [(3, "this row is of 'Acme', not of this client")]


@pytest.mark.parametrize(("word", "rows"), [("Yes", 1), ("1", 1), ("TRUE", 1), ("No", 0), ("0", 0), ("", 0)])
def test_rows_that_are_not_billable_are_passed_over_and_counted(word, rows):
    made = entered_lines(f"date,person,task,worked,Billable\n2026-10-05,tom-ekberg,A,30m,{word}\n")
    assert len(made.rows) == rows
    assert dict(made.account) == {"rows": 1, "entered": rows, **({} if rows else {"not billable": 1})}


def test_an_unknown_word_for_billable_is_refused():
    assert (
        "neither that the entry is billable"
        in refused("date,person,task,worked,Billable\n2026-10-05,x,A,30m,maybe\n")[0][0]
    )


@pytest.mark.parametrize("name", ["tom-ekberg", "Tom Ekberg", "TOM  EKBERG", "tom.ekberg@northlight.example"])
def test_people_are_known_by_id_name_and_address(name):
    assert entered_lines(f"date,person,task,worked\n2026-10-05,{name},A,30m\n").rows[0].person == "tom-ekberg"


def test_all_bad_lines_are_reported_at_once():
    text = (
        "date,person,task,worked\n2026-11-24,Tom,A,30m\n2026-11-24,nobody,B,30m\n2026-11-24,tom-ekberg,C,some\n"
        "2030-01-01,tom-ekberg,D,20m\n2026-11-24,tom-ekberg,=E,20m\n"
    )
    assert list(dict.fromkeys(line for line, _ in all_refused(text))) == [2, 3, 4, 5, 6]


def test_rows_before_the_block_are_passed_over_and_counted():
    made = entered_lines("date,person,task,worked\n2026-10-04,tom-ekberg,A,30m\n2026-10-05,tom-ekberg,B,30m\n")
    assert dict(made.account) == {"rows": 2, "entered": 1, "before the first day of the block": 1}


# ---- an entry that was corrected where it comes from

TRACKED = "date,person,task,worked,Id\n2026-10-05,tom-ekberg,A,{},4711\n"


def test_an_entry_that_was_corrected_at_its_source_is_recognised():
    by_id = {"id": "Id"}
    once = entered_lines(TRACKED.format("30m"), by_id).book
    assert once.ledger.rows[0].reference == "4711"
    assert dict(entered_lines(TRACKED.format("30m"), by_id, once).account)["in the ledger already"] == 1
    ((line, what),) = all_refused(TRACKED.format("45m"), columns=by_id, found=once)
    assert (line, what) == (
        2,
        "entry 4711 is in the ledger already, as row 1, with 30 minutes on 2026-10-05; here it has 45 minutes on 2026-10-05",
    )
    freed = without(once, 1, date(2026, 11, 30))
    assert [each.worked for each in entered_lines(TRACKED.format("45m"), by_id, freed).rows] == [45]


# ---- the mappings that we ship

TOGGL = """\ufeffUser,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags
Tom Ekberg,t@x.example,Hudson,Support,,Printer,Yes,2026-11-24,09:00:00,2026-11-24,09:18:25,00:18:25,
Tom Ekberg,t@x.example,Hudson,Support,,Printer,No,2026-11-24,19:21:21,2026-11-24,19:39:46,18:25 min,
Tom Ekberg,t@x.example,Brookfield,Support,,Server,Yes,2026-11-24,10:00:00,2026-11-24,11:00:00,01:00:00,
"""
CLOCKIFY = """Project,Client,Description,Task,User,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Duration (h)
Support,Hudson,Printer,,Tom Ekberg,t@x.example,,Yes,11/24/2026,09:00:00 AM,11/24/2026,09:18:25 AM,00:18:25
"""
HARVEST = """Date,Client,Project,Task,Notes,Hours,Billable?,First Name,Last Name
2026-11-24,Hudson,Support,Help desk,Printer,0.31,Yes,Tom,Ekberg
"""
KIMAI = """Date,From,To,Duration,User,Customer,Description,Billable
2026-11-24,09:00,09:19,0:19,Tom Ekberg,Hudson,Printer,1
2026-11-25,09:00,09:19,0:19,Tom Ekberg,Hudson,Coffee,0
"""
TEMPO = """"Issue Key","Issue summary","Hours","Work date","Username","Full name","Period","Account Customer","Work Description"
"HUD-7","Printer","0.31","2026-11-24","tekberg","Tom Ekberg","1126","Hudson","New toner,
old one returned"
"ABC-1","Server","1.5","2026-11-24","tekberg","Tom Ekberg","1126","Another","Disk"
"""
KIMAI_DE = "Date;From;To;Duration;User;Customer;Description\n24.11.2026;09:00;09:19;0,32;Tom Ekberg;Hudson;Printer\n"


@pytest.mark.parametrize(
    ("name", "text", "entry", "account"),
    [
        ("toggl", TOGGL, ("09:00", "Printer", 18), {"rows": 3, "of other clients": 1, "not billable": 1}),
        ("clockify", CLOCKIFY, ("09:00", "Printer", 18), {"rows": 1}),
        ("harvest", HARVEST, ("", "Help desk: Printer", 19), {"rows": 1}),
        (
            "tempo",
            TEMPO,
            ("", "HUD-7: Printer: New toner, old one returned", 19),
            {"rows": 2, "of other clients": 1},
        ),
        ("kimai", KIMAI, ("09:00", "Printer", 19), {"rows": 2, "not billable": 1}),
        ("kimai", KIMAI_DE, ("09:00", "Printer", 19), {"rows": 1}),
    ],
)
def test_the_exports_of_time_trackers_are_read(name, text, entry, account):
    path = REPOSITORY / f"provider/mappings/{name}.yaml"
    mapping = located(TimeMapping, strict_yaml.load(path.read_text("utf-8"), path.name))
    made = imported(book(), timesheet(text.encode(), "t.csv", mapping, names_of(book())), date(2026, 11, 30))
    (row,) = made.rows
    assert (row.date, row.person) == (date(2026, 11, 24), "tom-ekberg")
    assert (row.time, row.task, row.worked) == entry
    assert dict(made.account) == {"entered": 1, **account}
    assert sum(made.account.values()) == 2 * account["rows"]


def test_moments_of_an_hour_that_comes_twice_keep_their_offset():
    columns = {"start": "Start", "person": "User", "task": "Task", "worked": "Time"}
    mapping = TimeMapping.model_validate({"kind": "time-entries", "name": "T", "columns": columns})
    text = "Start,User,Task,Time\n2026-11-01T05:30:00Z,tom-ekberg,A,20m\n2026-11-01T06:30:00Z,tom-ekberg,A,20m\n"
    found = timesheet(text.encode(), "t.csv", Located(mapping, {"": Origin("m.yaml")}), names_of(book()))
    assert [each.time for each in found.works] == ["01:30-04:00", "01:30-05:00"]
    assert len(imported(book(), found, date(2026, 11, 30)).rows) == 2
