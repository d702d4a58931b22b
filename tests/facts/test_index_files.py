"""Files of statistical offices: each form as its office documents it, and what is left out of it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from contract_assembly.core.csv_tables import LineError
from contract_assembly.facts.index_files import downloaded
from tests.helpers.torn_tables import torn

BLS = """series_id\tyear\tperiod\tvalue\tfootnote_codes
CUUR0000SA0      \t2025\tM08\t     323.976\t
CUUR0000SA0      \t2025\tM09\t     324.800\t
CUUR0000SA0      \t2025\tM10\t           -\tX
CUUR0000SA0      \t2025\tM11\t     324.122\t
CUUR0000SA0      \t2025\tM13\t     321.500\t
CUUR0000SA0      \t2025\tS01\t     320.100\t
"""
BLS_JSON = """{"status":"REQUEST_SUCCEEDED","Results":{"series":[{"seriesID":"CUUR0000SA0","data":[
{"year":"2025","period":"M11","periodName":"November","value":"324.122","footnotes":[{}]},
{"year":"2025","period":"M10","periodName":"October","value":"-","footnotes":[{"code":"X","text":"Data unavailable"}]},
{"year":"2025","period":"M09","periodName":"September","value":"324.800","footnotes":[{}]},
{"year":"2025","period":"M08","periodName":"August","value":"323.976","footnotes":[{}]}]}]}}"""
ONS = """"Title","CPI INDEX 00: ALL ITEMS 2015=100"
"CDID","D7BT"
"Source dataset ID","MM23"
"PreUnit",""
"Unit","Index, base year = 100"
"Release date","17-09-2025"
"Next release","22 October 2025"
"Important notes",
"2024","133.9"
"2025 Q2","138.1"
"2025 JUN","138.4"
"2025 JUL","138.9"
"2025 AUG","139.3"
"""
EUROSTAT = """DATAFLOW,LAST UPDATE,freq,unit,coicop,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:PRC_HICP_MIDX(1.0),17/09/25 11:00:00,M,I15,CP00,IE,2025-06,123.4,,
ESTAT:PRC_HICP_MIDX(1.0),17/09/25 11:00:00,M,I15,CP00,IE,2025-07,123.6,,
ESTAT:PRC_HICP_MIDX(1.0),17/09/25 11:00:00,M,I15,CP00,IE,2025-08,123.9,p,
"""
EUROSTAT_TSV = (
    "freq,unit,coicop,geo\\TIME_PERIOD\t2025-06 \t2025-07 \t2025-08 \t2025-09 \n"
    "M,I15,CP00,IE\t123.4 \t123.6 \t123.9 p\t: \n"
    "M,I25,CP00,IE\t99.6 \t99.8 \t100.0 \t: \n"
)
FRED = "observation_date,CPIAUCNS\n2025-08-01,323.976\n2025-09-01,324.8\n2025-10-01,\n2025-11-01,324.122\n"
FRED_OLD = "DATE,CPIAUCNS\n2025-08-01,323.976\n2025-09-01,324.800\n2025-10-01,.\n2025-11-01,324.122\n"


@pytest.mark.parametrize("text", [BLS, BLS_JSON, FRED, FRED_OLD], ids=["flat", "json", "fred", "fred before 2025"])
def test_american_files_give_their_months_and_the_one_that_was_never_published(text):
    (found,) = downloaded(text)
    assert found.series in {"CUUR0000SA0", "CPIAUCNS"}
    assert found.figures == {
        date(2025, 8, 1): Decimal("323.976"),
        date(2025, 9, 1): Decimal("324.8"),
        date(2025, 10, 1): None,
        date(2025, 11, 1): Decimal("324.122"),
    }
    assert (found.base, found.released) == ("", None)


def test_a_file_of_ons_gives_months_and_not_years_or_quarters():
    (found,) = downloaded(ONS)
    assert (found.office, found.series, found.base, found.released) == ("ONS", "D7BT", "2015=100", date(2025, 9, 17))
    assert found.figures == {
        date(2025, 6, 1): Decimal("138.4"),
        date(2025, 7, 1): Decimal("138.9"),
        date(2025, 8, 1): Decimal("139.3"),
    }


def test_a_csv_of_eurostat_gives_its_base_and_its_day():
    (found,) = downloaded(EUROSTAT)
    assert (found.series, found.base, found.released) == ("I15.CP00.IE", "2015=100", date(2025, 9, 17))
    assert found.figures[date(2025, 8, 1)] == Decimal("123.9")


def test_a_tsv_of_eurostat_gives_every_series_and_what_is_not_there_yet_is_left_out():
    old, new = downloaded(EUROSTAT_TSV)
    assert (old.series, old.base) == ("I15.CP00.IE", "2015=100")
    assert (new.series, new.base) == ("I25.CP00.IE", "2025=100")
    assert list(old.figures) == [date(2025, 6, 1), date(2025, 7, 1), date(2025, 8, 1)]
    assert old.figures[date(2025, 8, 1)] == Decimal("123.9")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a file of BLS"),
        ("month,value,published_on\n", "not a file of BLS"),
        ('{"status":"REQUEST_NOT_PROCESSED"}', "not an answer of the BLS"),
        ("{" * 5000, "not an answer of the BLS"),
        (FRED.replace("324.8", "3e2"), "'3e2' is not the figure"),
        (FRED + "2025-11-01,324.122\n", "appears twice"),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(text, why):
    with pytest.raises(ValueError, match=why):
        downloaded(text)


def test_a_file_without_months_has_no_series():
    assert downloaded('"Title","X 2015=100"\n"CDID","D7BT"\n"2024","133.9"\n') == ()


@given(
    torn(
        BLS,
        BLS_JSON,
        ONS,
        EUROSTAT,
        EUROSTAT_TSV,
        FRED,
        "series_id\tperiod\n",
        "DATE,",
        "{",
        '"Title",',
        "geo\\TIME_PERIOD\t",
    )
)
def test_any_file_gives_figures_or_one_sentence_with_a_line(text):
    try:
        found, wrong = downloaded(text), None
    except LineError as error:
        found, wrong = (), error
    assert all(each.figures for each in found)
    assert wrong is None or (1 <= wrong.line <= len(text.splitlines()) + 1 and len(str(wrong)) < 400)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (FRED + '2025-12-01,"324\n', len(FRED.splitlines()) + 1),
        (FRED + f"2025-12-01,{'9' * 200_000}\n", len(FRED.splitlines()) + 1),
        (BLS + "CUUR0000SA0\t2025\tM12\tx\t\n", 8),
        (EUROSTAT_TSV + '\n"', len(EUROSTAT_TSV.splitlines()) + 2),
    ],
    ids=["an open quotation mark", "a large cell", "a word", "a blank line and a quotation mark"],
)
def test_what_is_wrong_is_told_with_its_line(text, line):
    with pytest.raises(LineError) as told:
        downloaded(text)
    assert told.value.line == line
