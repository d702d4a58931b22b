"""Series of a price index: read strictly, and compared as the clause says."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.price_index import change, read_series
from tests.helpers.inputs_base import ROOT

HEAD = "month,value,published_on\n"
YEAR = "".join(f"2026-{m:02d},{100 + m},{'2027-01' if m == 12 else f'2026-{m + 1:02d}'}-14\n" for m in range(1, 13))


def problems(text):
    with pytest.raises(RefusedError) as found:
        read_series(text, "provider/indices/x.csv")
    return [(each.rule, each.origin.line) for each in found.value.problems]


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
    with pytest.raises(ValueError, match=r"no figure for January 2027; it goes from January 2026 to December 2026"):
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
