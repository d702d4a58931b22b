"""`build.py index import`: what a download adds to a series, and when it is refused."""

import json
from pathlib import Path

import pytest

from contract_assembly.facts.price_index import read_series
from tests.facts.test_index_files import BLS, EUROSTAT, EUROSTAT_TSV, FRED, ONS
from tests.helpers.corpus import run

INDEX = """name: Consumer Price Index
publisher: An Office
items: All items
area: Everywhere
adjusted: Not seasonally adjusted
base: "2015=100"
replacement: What the office names
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "provider/indices").mkdir(parents=True)
    (tmp_path / "provider/indices/cpi.yaml").write_text(INDEX, "utf-8")
    return tmp_path


def series(root: Path) -> str:
    path = root / "provider/indices/cpi.csv"
    return path.read_text("utf-8") if path.exists() else ""


def bring_in(root, text, *options):
    file = root / "download"
    file.write_text(text, "utf-8")
    return run(root, "index", "import", str(file), "--series", "cpi", *options)


def test_a_file_begins_a_series_that_can_be_read(root):
    done = bring_in(root, BLS, "--published-on", "2025-12-18")
    assert (done.code, done.err) == (0, "")
    assert series(root) == (
        "month,value,published_on\n"
        "2025-08,323.976,2025-09-21\n"
        "2025-09,324.800,2025-10-21\n"
        "2025-10,none,2025-11-21\n"
        "2025-11,324.122,2025-12-18\n"
    )
    assert read_series(series(root), "x").faults == ()


def test_a_second_time_changes_nothing(root):
    bring_in(root, ONS)
    before = series(root)
    done = bring_in(root, ONS)
    assert done.out.endswith("provider/indices: nothing to do\n")
    assert series(root) == before


def test_the_day_and_the_base_of_the_file_are_taken(root):
    bring_in(root, EUROSTAT)
    assert series(root).splitlines()[0] == "month,value,published_on,base"
    assert series(root).splitlines()[-1] == "2025-08,123.9,2025-09-17,2015=100"


def test_new_months_go_to_the_end(root):
    bring_in(root, FRED.rpartition("2025-11")[0])
    assert series(root).count("\n") == 3
    bring_in(root, FRED)
    assert [line[:7] for line in series(root).splitlines()[1:]] == ["2025-08", "2025-09", "2025-10", "2025-11"]


def test_a_figure_that_changed_becomes_a_revision_and_the_first_still_counts(root):
    bring_in(root, FRED)
    first = series(root)
    revised = FRED.replace("324.8", "324.9")
    refused = bring_in(root, revised)
    assert refused.code == 1
    assert "2025-09 is 324.9 now, and was 324.8" in refused.err
    assert "say with --published-on" in refused.err
    assert series(root) == first
    assert bring_in(root, revised, "--published-on", "2026-02-13").code == 0
    assert series(root) == first + "2025-09,324.9,2026-02-13\n"
    found = read_series(series(root), "x")
    assert found.faults == ()
    assert [str(each.value) for each in found.of(found.at(min(found.readings)).month)] == ["323.976"]


def test_a_new_base_gets_a_column_and_the_old_rows_stay(root):
    old = "".join(f"2025-{month:02d},{118 + month}.0,2025-12-01\n" for month in range(5, 10))
    (root / "provider/indices/cpi.csv").write_text("month,value,published_on\n" + old, "utf-8")
    done = bring_in(root, EUROSTAT_TSV, "--id", "I25.CP00.IE")
    assert (done.code, done.err) == (0, "")
    assert series(root) == (
        "month,value,published_on,base\n"
        + old
        + "2025-06,99.6,2025-07-21,2025=100\n2025-07,99.8,2025-08-21,2025=100\n2025-08,100.0,2025-09-21,2025=100\n"
    )
    assert read_series(series(root), "x").faults == ()


def test_figures_of_another_series_are_refused(root):
    bring_in(root, FRED)
    done = bring_in(root, FRED.replace("32", "11"))
    assert done.code == 1
    assert "another series, or a new base" in done.err


def test_one_of_several_series_is_chosen_by_its_id(root):
    done = bring_in(root, EUROSTAT_TSV)
    assert done.code == 1
    assert "the file has 2 series" in done.err
    assert "choose one with --id, like --id I15.CP00.IE" in done.err
    assert "did you mean I15.CP00.IE?" in bring_in(root, EUROSTAT_TSV, "--id", "I15.CP00.IR").err
    assert bring_in(root, EUROSTAT_TSV, "--id", "I15.CP00.IE").code == 0


def test_a_dry_run_writes_nothing_and_says_the_same(root):
    done = bring_in(root, ONS, "--dry-run")
    assert series(root) == ""
    assert done.out == (
        "ONS D7BT: 2025-06 to 2025-08\n"
        "  2025-06  138.4, published 2025-07-21, base 2015=100\n"
        "  2025-07  138.9, published 2025-08-21, base 2015=100\n"
        "  2025-08  139.3, published 2025-09-17, base 2015=100\n"
        "provider/indices: would write cpi.csv; 3 rows added\n"
    )


def test_as_json_for_scripts(root):
    found = json.loads(bring_in(root, BLS, "--json").out)
    assert (found["office"], found["series"]) == ("BLS", "CUUR0000SA0")
    assert (found["wrote"], found["dry_run"]) == (["provider/indices/cpi.csv"], False)
    assert [each["value"] for each in found["rows"]] == ["323.976", "324.800", None, "324.122"]
    assert json.loads(bring_in(root, "x", "--json").out)["problems"][0]["rule"] == "index-import"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("month,value\n", "not a file of BLS, ONS, Eurostat or FRED"),
        ('"Title","X"\n"2024","1"\n', "no monthly figures"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_a_cure(root, text, why):
    done = bring_in(root, text)
    assert done.code == 1
    assert why in done.err
    assert "hint: " in done.err


def test_an_index_that_is_not_named_for_the_clause_is_refused(root):
    (root / "provider/indices/cpi.yaml").rename(root / "provider/indices/rpi.yaml")
    done = bring_in(root, ONS)
    assert done.code == 1
    assert "there is no index cpi" in done.err


def test_a_series_with_a_wrong_row_is_mended_first(root):
    (root / "provider/indices/cpi.csv").write_text("month,value,published_on\n2025-06,x,2025-07-21\n", "utf-8")
    done = bring_in(root, ONS)
    assert done.code == 1
    assert "provider/indices/cpi.csv:2: error: 'x' is not the figure of an index" in done.err
