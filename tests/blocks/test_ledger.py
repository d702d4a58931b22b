"""The ledger's file: what is read, and every way in which it can be wrong, each told with its line."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from contract_assembly.blocks.ledger import (
    HEADER,
    MAX_TEXT,
    OPENING,
    Ledger,
    appended,
    chained,
    encoded,
    exact,
    read,
    unfit,
)
from contract_assembly.core.problems import RefusedError
from tests.helpers.ledger_rows import DATA, DAY, PATH, ROWS, lines, refused, row
from tests.helpers.torn_tables import torn


def test_a_ledger_reads_back():
    found = read(DATA, PATH)
    assert found.rows == ROWS
    assert found.size == len(DATA)
    assert DATA.decode().splitlines()[0] == HEADER


def test_rows_are_added_after_those_that_stand():
    assert appended(Ledger(PATH), ROWS[:2]) + appended(read(appended(Ledger(PATH), ROWS[:2]), PATH), ROWS[2:]) == DATA


def test_an_empty_ledger_has_its_header_alone():
    assert read(f"{HEADER}\n".encode(), PATH).rows == ()


@pytest.mark.parametrize(
    ("old", "new"), [(b",30,1,30,", b",30,1,15,"), (b"Printer", b"printer"), (b"2026-10-05", b"2026-10-04")]
)
def test_a_row_changed_by_hand_is_found_at_its_line(old, new):
    assert refused(DATA.replace(old, new, 1)) == [("ledger-chain", 2)]


def test_rows_in_another_order_or_missing_are_found():
    head, first, second, third = DATA.splitlines(keepends=True)
    assert ("ledger-chain", 2) in refused(head + second + first + third)
    assert ("ledger-chain", 3) in refused(head + first + third)
    assert ("ledger-chain", 3) in refused(head + first + first + second + third)


def test_every_changed_row_is_named_and_sound_ones_are_not():
    assert refused(DATA.replace(b"Printer", b"Screens")) == [("ledger-chain", 2), ("ledger-chain", 4)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"task": "=1+1"},
        {"task": "+1"},
        {"reference": "-1"},
        {"task": "@SUM(A1)"},
        {"task": ""},
        {"task": " blank"},
        {"task": "x" * 201},
        {"task": "hid\u200bden"},
        {"task": "{{ plant }}"},
        {"channel": "phone"},
        {"time": "25:00"},
        {"worked": 0},
        {"worked": -5},
        {"reverses": 1},
        {"person": ""},
    ],
)
def test_a_cell_that_no_entry_can_have_is_refused_though_its_digest_is_right(wrong):
    assert set(refused(lines(row(1, **wrong)))) == {("ledger-cell", 2)}


@pytest.mark.parametrize("text", ["1e1", "30.0", "030", "+30", "-0", "٣"])
def test_minutes_are_written_in_one_way_only(text):
    cells = encoded(ROWS[0]).split(",")
    cells[9] = text
    line = ",".join(cells)
    assert refused(f"{HEADER}\n{line},{chained('', line)}\n".encode()) == [("ledger-cell", 2)]


def test_needless_quotes_are_refused():
    line = encoded(ROWS[0]).replace("Printer", '"Printer"')
    assert refused(f"{HEADER}\n{line},{chained('', line)}\n".encode()) == [("ledger-row", 2)]


@pytest.mark.parametrize(
    ("second", "rule"),
    [
        (row(3), "ledger-order"),
        (row(2, booked=date(2026, 10, 4), date=date(2026, 10, 4)), "ledger-order"),
        (row(2, date=date(2026, 10, 6)), "ledger-future"),
        (row(2, worked=-20, reverses=2), "ledger-cell"),
        (row(2, worked=-21, reverses=1), "ledger-cell"),
        (row(2, worked=-20, reverses=1, person="ann"), "ledger-cell"),
    ],
)
def test_a_row_that_does_not_follow_is_refused(second, rule):
    assert refused(lines(row(1), second)) == [(rule, 3)]


def test_an_entry_is_reversed_once_and_a_reversal_never():
    back = row(2, worked=-20, rounded=-30, deducted=Decimal(-30), reverses=1)
    assert read(lines(row(1), back), PATH).in_effect == ()
    assert refused(lines(row(1), back, back._replace(number=3))) == [("ledger-cell", 4)]
    assert set(refused(lines(row(1), back, row(3, worked=20, reverses=2)))) == {("ledger-cell", 4)}


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_half_written_last_line_is_found_named_and_does_not_count(cut):
    found = read(DATA[: -1 - cut], PATH)
    assert found.rows == ROWS[:2]
    assert found.torn
    assert (found.torn_problem().rule, found.torn_problem().origin.line) == ("ledger-half-row", 4)


def test_a_last_row_that_only_lacks_its_line_break_counts_and_is_ended_by_the_next():
    found = read(DATA[:-1], PATH)
    assert (found.rows, found.torn) == (ROWS, b"")
    more = DATA[:-1] + appended(found, [row(4)])
    assert read(more, PATH).rows == (*ROWS, row(4))


@pytest.mark.parametrize(
    ("minutes", "text"), [("45", "45"), ("45.0", "45"), ("22.50", "22.5"), ("0", "0"), ("-0", "0"), ("100", "100")]
)
def test_minutes_are_exact_and_without_trailing_zeros(minutes, text):
    assert exact(Decimal(minutes)) == text


# ---- a clock that was wrong
AHEAD = date(2100, 1, 1)


def test_rows_follow_one_that_a_wrong_clock_booked_ahead_once_it_is_reversed():
    ahead = row(2, booked=AHEAD, date=AHEAD)
    back = ahead._replace(
        number=3, worked=-20, rounded=-30, deducted=Decimal(-30), reverses=2, because="Clock", booked=DAY
    )
    found = read(lines(row(1), ahead, back, row(4)), PATH)
    assert [each.number for each in found.booked_by(DAY)] == [1, 2, 3, 4]
    assert [each.number for each in found.booked_by(date(2026, 10, 4))] == []
    assert refused(lines(row(1), ahead, row(3))) == [("ledger-order", 4)]


def test_a_reversal_that_a_wrong_clock_booked_ahead_locks_nothing():
    back = row(2, worked=-20, rounded=-30, deducted=Decimal(-30), reverses=1, because="Twice", booked=AHEAD)
    assert len(read(lines(row(1), back, row(3)), PATH).rows) == 3


@given(torn('4,2026-10-05,09:00,tom,"Printer', "4,", '"'))
def test_any_line_with_a_right_digest_is_a_row_or_told(line):
    text = line.replace("\n", " ")
    digest = DATA.decode().rstrip().rpartition(",")[2]
    assert refused(DATA + f"{text},{chained(digest, text)}\n".encode())


def test_a_text_may_fill_its_cell():
    assert unfit("x" * MAX_TEXT) is None
    assert unfit("x" * (MAX_TEXT + 1)) == f"is over {MAX_TEXT} characters"


def test_an_entry_of_a_single_minute_is_an_entry():
    assert read(lines(row(1, worked=1)), PATH).rows == (row(1, worked=1),)


def test_a_second_row_does_not_count_hours_used_before_the_first():
    assert refused(lines(row(1), row(2, time="", channel=OPENING))) == [("ledger-order", 3)]


def test_the_first_row_may_lack_its_line_break():
    assert read(lines(row(1))[:-1], PATH).rows == (row(1),)


def test_a_row_with_a_cell_less_is_told_how_many_there_are_with_the_digest():
    head = DATA.partition(b"\n")[0] + b"\n"
    text = DATA.splitlines()[1].decode().rpartition(",")[0].rpartition(",")[0]
    for line in (f"{text},{chained('', text)}", text):
        with pytest.raises(RefusedError) as told:
            read(head + line.encode() + b"\n", PATH)
        assert [f" {head.count(b',') + 1} cells" in each.what for each in told.value.problems] == [True]
