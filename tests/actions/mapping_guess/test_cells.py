import pytest

from contract_assembly.actions.mapping_guess.cells import (
    day_forms,
    decimal_mark,
    meanings,
    mixed_day_forms,
    moment_forms,
    unit_of,
    unreadable_durations,
)


@pytest.mark.parametrize(
    ("days", "forms"),
    [
        (["2026-11-24"], ("iso",)),
        (["24.11.2026", "1.12.2026"], ("%d.%m.%Y",)),
        (["11/24/2026", "03/04/2026"], ("%m/%d/%Y",)),
        (["03/04/2026"], ("%m/%d/%Y", "%d/%m/%Y")),
        (["24/11/2026", "11/24/2026"], ()),
    ],
)
def test_a_form_reads_every_day(days, forms):
    assert day_forms(days) == forms


@pytest.mark.parametrize(
    ("moments", "forms"),
    [
        (["2026-11-24T09:05:00Z", "2026-11-24 09:05"], ("iso",)),
        (["24/11/2026 09:05"], ("%d/%m/%Y %H:%M",)),
        (["12/Mar/24 9:41 AM"], ("%d/%b/%y %I:%M %p",)),
        (["soon"], ()),
    ],
)
def test_a_form_reads_every_moment(moments, forms):
    assert moment_forms(moments) == forms


@pytest.mark.parametrize(
    ("cells", "mark"), [(["1.480,00", "90,5"], "comma"), (["$1,480.00", "90"], "point"), ([], "point")]
)
def test_the_mark_before_the_cents_is_that_of_most_amounts(cells, mark):
    assert decimal_mark(cells) == mark


@pytest.mark.parametrize(
    ("cells", "head", "unit"),
    [
        (["1.5"], "Hours", "hours"),
        (["90"], "Minutes", "minutes"),
        (["1:30"], "Duration", ""),
        (["1h 30m", "45"], "Worked", "hours"),
    ],
)
def test_the_unit_is_that_of_plain_numbers(cells, head, unit):
    assert unit_of(cells, head) == unit


def test_cells_that_are_no_time_worked_are_told():
    assert unreadable_durations(["1:30", "1.5", "1h 30m", "90 minutes", "PT1H30M", "much"], "hours") == ("much",)


def test_words_mean_what_most_programs_mean_by_them():
    words = ["Urgent", "2 - High", "Normal", "Priority 4 - Low", "Chair"]
    assert [*meanings(words, "priority").values()] == ["P1", "P2", "P3", "P4", ""]
    words = ["Closed", "In Progress", "Waiting on Customer", "Resolved", "Merged", "Chair"]
    assert [*meanings(words, "status").values()] == ["closed", "open", "open", "closed", "excluded", ""]


@pytest.mark.parametrize(
    ("cells", "forms"),
    [
        (["2026-04-01", "4/13/2026", "4/1/2026", "01 May 2026"], ("%m/%d/%Y", "iso", "%d %b %Y")),
        (["2026-04-01", "4/1/2026"], ()),
        (["2026-04-01", "soon"], ()),
    ],
)
def test_forms_that_a_column_mixes_are_found_unless_days_could_be_read_in_two_ways(cells, forms):
    assert mixed_day_forms(cells) == forms
