"""Series of a price index: read strictly, and compared as the clause says."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from contract_assembly.facts.price_index import Index, NoFigureError, change, published_by, read_series
from tests.helpers.inputs_base import ROOT
from tests.helpers.torn_tables import torn

HEAD = "month,value,published_on\n"
YEAR = "".join(f"2026-{m:02d},{100 + m},{'2027-01' if m == 12 else f'2026-{m + 1:02d}'}-14\n" for m in range(1, 13))


def problems(text):
    return [(each.rule, each.origin.line) for each in read_series(text, "provider/indices/x.csv").faults]


def test_a_series_gives_each_month():
    series = read_series(HEAD + YEAR, "x.csv")
    assert series.at(date(2026, 7, 1)).value == Decimal(107)
    assert series.at(date(2026, 7, 1)).origin.line == 8


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("index-head", 1)]),
        ("month;value;published_on\n", [("index-head", 1)]),
        (HEAD, [("index-empty", 1)]),
        (HEAD + "2026-01,100,2026-02-14\n2026-03,101,2026-04-14\n", [("index-gap", 3)]),
        (HEAD + "2026-02,100,2026-03-14\n2026-01,101,2026-03-14\n", [("index-gap", 3)]),
        (HEAD + "2026-01,100,2026-02-14\n2026-01,100,2026-02-14\n", [("index-doubled", 3)]),
        (HEAD + "2026-01,100,2026-02-14\n2026-01,101,2026-02-01\n", [("index-doubled", 3)]),
        (HEAD + "2026-01,100,2026-01-31\n", [("index-row", 2)]),
        (HEAD + "2026-13,100,2026-02-14\n", [("index-row", 2)]),
        (HEAD + "2026-01,0,2026-02-14\n", [("index-row", 2)]),
        (HEAD + "2026-01,-1,2026-02-14\n", [("index-row", 2)]),
        (HEAD + "2026-01,1e2,2026-02-14\n", [("index-row", 2)]),
        (HEAD + "2026-01,100\n", [("index-row", 2)]),
        (HEAD + "2026-01,100,2026-02-30\n2026-02,x,2026-03-14\n", [("index-row", 2), ("index-row", 3)]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, found):
    assert problems(text) == found


def test_the_figure_first_published_counts_and_a_revision_is_told():
    series = read_series(HEAD + YEAR + "2026-07,150,2027-02-01\n", "x.csv")
    assert series.at(date(2026, 7, 1)).value == Decimal(107)
    assert series.at(date(2026, 7, 1)).revised


def test_a_missing_month_is_never_guessed():
    series = read_series(HEAD + YEAR, "x.csv")
    with pytest.raises(ValueError, match=r"no figure for January 2027; it runs from January 2026 to December 2026"):
        change(series, date(2027, 1, 1), 12, 1)


@pytest.mark.parametrize(
    ("values", "decimals", "found"),
    [
        (("100", "103"), 1, "3.0"),
        (("118.2", "121.3"), 1, "2.6"),  # 2.6227
        (("118.2", "121.3"), 2, "2.62"),
        (("200", "200.1"), 1, "0.1"),  # 0.05, half up
        (("121.3", "118.2"), 1, "-2.6"),
    ],
)
def test_a_change_is_percent_and_rounded(values, decimals, found):
    series = read_series(HEAD + f"2026-01,{values[0]},2026-02-14\n2026-02,{values[1]},2026-03-14\n", "x.csv")
    assert change(series, date(2026, 2, 1), 1, decimals).percent == Decimal(found)


def test_the_example_of_the_samples_can_be_read():
    text = (ROOT / "provider/indices/example-cpi.csv").read_text("utf-8")
    assert read_series(text, "x.csv").at(date(2026, 5, 1)).revised


# ---- a fault stops only who needs the month


def no_figure(text, month, months=12):
    with pytest.raises(NoFigureError) as found:
        change(read_series(text, "x.csv"), month, months, 1)
    return found.value.rule


def without(text, month):
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(month))


SECOND = "".join(f"2027-{m:02d},{112 + m},{'2028-01' if m == 12 else f'2027-{m + 1:02d}'}-14\n" for m in range(1, 13))
TWO_YEARS = HEAD + YEAR + SECOND


def test_a_missing_month_stops_only_who_needs_it():
    text = without(TWO_YEARS, "2026-10")
    assert change(read_series(text, "x.csv"), date(2027, 7, 1), 12, 1).percent == Decimal("11.2")
    assert no_figure(text, date(2027, 10, 1)) == "index-fault"


def test_a_wrong_row_stops_only_who_needs_its_month():
    text = TWO_YEARS.replace("2026-10,110,", "2026-10,110x,")
    assert problems(text) == [("index-row", 11), ("index-gap", 12)]
    assert change(read_series(text, "x.csv"), date(2027, 7, 1), 12, 1).percent == Decimal("11.2")
    assert no_figure(text, date(2027, 10, 1)) == "index-fault"


def test_a_month_that_was_never_published_is_not_one_that_is_not_published_yet():
    text = TWO_YEARS.replace("2026-10,110,", "2026-10,none,")
    assert problems(text) == []
    assert change(read_series(text, "x.csv"), date(2027, 7, 1), 12, 1).percent == Decimal("11.2")
    assert no_figure(text, date(2027, 10, 1)) == "index-never"
    assert no_figure(text, date(2028, 1, 1)) == "index-missing"


def test_a_month_that_is_published_after_all_counts():
    text = TWO_YEARS.replace("2026-10,110,", "2026-10,none,") + "2026-10,110,2028-06-01\n"
    assert change(read_series(text, "x.csv"), date(2027, 10, 1), 12, 1).percent == Decimal("10.9")


@pytest.mark.parametrize("text", ["", "month;value;published_on\n", HEAD, HEAD + '2026-01,"100\n'])
def test_a_file_that_is_no_series_is_a_fault_and_no_crash(text):
    assert no_figure(text, date(2026, 12, 1)) == "index-fault"


def test_on_an_earlier_day_a_revision_is_no_figure_yet():
    text = TWO_YEARS.replace("2026-10,110,", "2026-10,none,") + "2026-10,110,2028-06-01\n"
    series = read_series(text, "x.csv")
    assert series.known_on(date(2028, 6, 1)).at(date(2026, 10, 1)).value == 110
    with pytest.raises(NoFigureError, match="never published"):
        series.known_on(date(2028, 5, 31)).at(date(2026, 10, 1))
    with pytest.raises(NoFigureError, match="was published on 2026-11-14"):
        series.known_on(date(2026, 1, 1)).at(date(2026, 10, 1))
    with pytest.raises(NoFigureError, match="no figure that was published by 2026-01-01"):
        series.known_on(date(2026, 1, 1)).at(date(2030, 10, 1))


# ---- a new base

BASED = "month,value,published_on,base\n"


def based(first, last, value, base, year="2026"):
    rows = [f"{year}-{month:02d},{value},2028-02-14,{base}\n" for month in range(first, last + 1)]
    return "".join(rows)


def test_a_jump_without_a_named_base_is_refused_only_to_who_compares_across_it():
    old, new = YEAR, YEAR.replace("2027-", "2028-").replace("2026-", "2027-").replace(",1", ",3")
    assert no_figure(HEAD + old + new, date(2027, 3, 1)) == "index-jump"
    assert no_figure(HEAD + new + "2028-01,104,2028-02-14\n", date(2028, 1, 1)) == "index-jump"
    assert change(read_series(HEAD + old + new, "x.csv"), date(2026, 12, 1), 11, 1).percent == Decimal("10.9")


@pytest.mark.parametrize(("now", "refused"), [("125", False), ("125.1", True), ("95", False), ("94.9", True)])
def test_a_figure_may_rise_by_a_quarter_and_fall_by_a_twentieth_in_a_month(now, refused):
    series = read_series(f"{HEAD}2026-01,100,2026-02-14\n2026-02,{now},2026-03-14\n", "x.csv")
    if refused:
        with pytest.raises(NoFigureError):
            change(series, date(2026, 2, 1), 1, 1)
    else:
        assert change(series, date(2026, 2, 1), 1, 1).percent == Decimal(now) - 100


def test_figures_of_different_bases_are_not_compared():
    text = BASED + based(1, 12, "120", "2015=100") + based(1, 12, "100", "2025=100", "2027")
    assert no_figure(text, date(2027, 3, 1)) == "index-base"


def test_figures_without_a_common_base_say_which_bases_they_have_and_which_figure_is_missing():
    text = BASED + based(1, 12, "120", "") + based(1, 12, "100", "2025=100", "2027")
    with pytest.raises(NoFigureError) as error:
        change(read_series(text, "x.csv"), date(2027, 3, 1), 12, 1)
    assert (str(error.value), error.value.hint) == (
        "March 2026 is without a named base, and March 2027 is 2025=100: they cannot be compared",
        "add 2026-03 in the base 2025=100, from the publisher's linked series",
    )


def test_of_two_bases_of_a_month_the_one_first_published_counts():
    text = BASED + "2026-01,100,2026-03-14,2025=100\n2026-01,120,2026-02-14,2015=100\n"
    assert read_series(text, "x.csv").at(date(2026, 1, 1)).base == "2015=100"


def test_a_month_that_has_both_bases_is_compared_in_the_base_that_both_have():
    text = (
        BASED
        + based(1, 12, "120", "2015=100")
        + based(1, 12, "100", "2025=100")
        + based(1, 12, "103", "2025=100", "2027")
    )
    found = change(read_series(text, "x.csv"), date(2027, 3, 1), 12, 1)
    assert (found.percent, found.before.base, found.now.base) == (Decimal("3.0"), "2025=100", "2025=100")


def test_of_several_bases_that_both_months_have_the_one_first_published_counts():
    rows = (
        "2026-03,120,2026-05-14,2015=100\n2027-03,126,2027-05-14,2015=100\n"
        "2026-03,100,2026-04-14,2025=100\n2027-03,103,2027-04-14,2025=100\n"
    )
    series = read_series(BASED + rows, "x.csv")
    assert change(series, date(2027, 3, 1), 12, 1).percent == Decimal("3.0")


def test_a_named_base_may_jump_for_it_was_looked_at():
    text = BASED + based(1, 1, "100", "2015=100") + based(2, 2, "150", "2015=100")
    assert change(read_series(text, "x.csv"), date(2026, 2, 1), 1, 1).percent == 50


def test_a_figure_is_expected_three_weeks_after_its_month_unless_the_index_says_otherwise():
    index = dict.fromkeys(("name", "publisher", "area", "items", "adjusted", "base", "replacement"), "x")
    assert published_by(Index(**index), date(2027, 7, 1)) == date(2027, 8, 21)
    assert published_by(Index(**index, published_after="10 days"), date(2027, 7, 1)) == date(2027, 8, 10)
    assert published_by(Index(**index, published_after="2 months"), date(2027, 12, 1)) == date(2028, 2, 29)


# ---- files that are torn


@given(torn(HEAD, BASED, "", HEAD + YEAR))
def test_any_file_is_a_series_with_faults_at_its_lines(text):
    found = read_series(text, "x.csv")
    assert found.readings or found.faults
    assert all(1 <= each.origin.line <= len(text.splitlines()) + 1 for each in found.faults)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + '2026-01,100,2026-02-14\n2026-02,"100,2026-03-14\n', ("index-head", 3)),
        (HEAD + '2026-01,"1"00,2026-02-14\n', ("index-head", 2)),
        (HEAD + "2026-01,100\0,2026-02-14\n", ("index-row", 2)),
        (HEAD + f"2026-01,{'9' * 200_000},2026-02-14\n", ("index-row", 2)),
        (HEAD + "9999-12,100,9999-12-31\n", ("index-row", 2)),
    ],
    ids=["an open quotation mark", "a stray one", "NUL", "a large cell", "the last month of all"],
)
def test_a_torn_row_is_told_with_its_line(text, fault):
    assert problems(text) == [fault]
    assert max(len(each.what) for each in read_series(text, "x.csv").faults) < 400
