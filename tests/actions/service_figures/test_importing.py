"""`build.py service import`: an export of Tickets brought into service.yaml, whole or not at all."""

import shutil

import pytest

from contract_assembly.actions.service_figures.ticket_export import MOST
from contract_assembly.facts import client_mapping, count_mapping, strict_yaml, ticket_mapping, time_mapping
from contract_assembly.facts.client_mapping import ClientMapping
from contract_assembly.facts.count_mapping import CountMapping
from contract_assembly.facts.fields import located
from contract_assembly.facts.ticket_mapping import TicketMapping
from contract_assembly.facts.time_mapping import TimeMapping
from tests.helpers import ticket_imports
from tests.helpers.corpus import AGREEMENT, REPOSITORY, state
from tests.helpers.ticket_imports import HEAD, ONE, OPEN, OUT, SERVICE, TWO, bring, imported, written

root = ticket_imports.root


def test_the_figures_of_an_export_stand_in_service_yaml(root):
    done = bring(root, ONE, TWO, OPEN, OUT, more=("--on", "2027-01-31"))
    assert (done.code, done.err) == (0, "")
    assert "4 rows = 2 closed + 1 open + 1 left out" in done.out
    found = written(root)
    assert found["term"] == "2026-10-01"
    assert {row["priority"]: row["count"] for row in found["tickets"]} == {
        "P1": "1",
        "P2": "0",
        "P3": "1",
        "P4": "0",
        "all": "2",
    }
    assert found["tickets"][0]["period"] == {"first": "2026-10-01", "last": "2027-01-31"}
    targets = {(row["target"], row["priority"]): (row["numerator"], row["denominator"]) for row in found["targets"]}
    assert targets["response", "P1"] == ("0", "1")  # two and a half hours where one is promised
    assert targets["response", "all"] == ("1", "2")
    assert targets["resolution", "all"] == ("2", "2")
    assert [row["number"] for row in found["quarters"]] == ["1", "2"]
    months = {row["first"]: row["tickets"] for row in found["months"]}
    assert list(months) == ["2026-10-01", "2026-11-01", "2026-12-01", "2027-01-01"]
    assert months["2026-10-01"][2]["logged"] == "1"
    late = {"priority": "P2", "logged": "1", "response_met": "0", "response_of": "1"}  # still open, and not answered
    assert months["2027-01-01"][1] == {**late, "resolution_met": "0", "resolution_of": "1"}
    medians = {(row["target"], row["priority"]): row["minutes"] for row in found["medians"]}
    assert medians["response", "all"] == "105"
    assert medians["resolution", "P3"] == "600"  # a Business Day of ten hours
    assert found["satisfaction"]["mean"] == "5.0"
    assert (found["satisfaction"]["answers"], found["satisfaction"]["asked"]) == ("1", "2")


def test_importing_twice_changes_nothing(root):
    bring(root, ONE, TWO)
    before = state(root)
    again = bring(root, ONE, TWO)
    assert again.out.endswith(f"{AGREEMENT}: nothing to do\n")
    assert state(root) == before


def told(done):
    """Line and rule of each problem on standard error."""
    found = [line.split(": error: ", 1) for line in done.err.splitlines() if ": error: " in line]
    return [(int(where.rpartition(":")[2]), what.rpartition("[")[2].rstrip("]")) for where, what in found]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (ONE.replace("3 - Normal", "Panic"), "import-priority"),
        (ONE.replace("Closed", "Gone", 1), "import-status"),
        (ONE.replace("2026-10-05 09:00", "5/10/2026"), "import-moment"),
        (ONE.replace("2026-10-06 12:00", ""), "import-moment"),
        (
            ONE.replace("2026-10-05 09:00", "2027-03-14 02:30").replace("2026-10", "2027-04"),
            "import-moment",
        ),  # the clocks skip it
        (ONE.replace("2026-10-05 10:00", "2026-10-04 10:00"), "import-order"),
        (ONE.replace("2026-10", "2027-10"), "import-term"),
        (TWO.replace("2,", "9,", 1).replace("Critical,", "Critical,,", 1), "import-cells"),
        (TWO.replace("2,1", "2,1", 1), "import-doubled"),
        (TWO.replace("2,", ",", 1), "import-id"),
        (ONE.replace(",5,", ",6,"), "import-rating"),
        (ONE.replace(",,5,", ",soon,5,"), "import-waiting"),
        (ONE.replace("3 - Normal", "3\u202e - Normal"), "import-cell"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_line_and_nothing_is_written(root, row, rule):
    before = state(root)
    if row.startswith("1,"):
        row = "9," + row.removeprefix("1,")
    done = bring(root, ONE, TWO, row, more=("--on", "2027-09-30"))
    assert (done.code, told(done)) == (1, [(4, rule)])
    assert state(root) == before


def test_all_that_is_wrong_is_told_at_once_up_to_a_bound(root):
    rows = [ONE.replace("1,", f"{n},", 1).replace("3 - Normal", "Panic") for n in range(1, MOST + 50)]
    done = bring(root, *rows)
    assert len(told(done)) == MOST + 1
    assert "and 49 more problems" in done.err


def test_a_row_over_several_lines_is_named_by_its_first(root):
    rows = (f'{ONE.replace("1,", "8,", 1)},"Two\nlines\nmore"', f"{ONE.replace('3 - Normal', 'Panic')},x")
    assert told(bring(root, *rows, head=f"{HEAD},Subject")) == [(5, "import-priority")]


def test_line_ends_of_any_system_are_read_alike(root):
    bring(root, ONE, TWO)
    assert "nothing to do" in bring(root, ONE, TWO, ends="\r\n").out


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xef\xbb\xbf" + HEAD.encode() + b"\n", "begins with a byte order mark"),
        (HEAD.replace(",", ";").encode(), "write separator: semicolon in the mapping"),
        (HEAD.replace("Priority", "Prio").encode(), "there is no column 'Priority'"),
        (HEAD.replace("Rating", "Status").encode(), "there are 2 columns 'Status'"),
        (b"", "the file is empty"),
        (HEAD.encode() + b"\n", "the export has no rows"),
        (HEAD.encode() + b"\n\xff", "this line is not utf-8 text"),
        (HEAD.encode() + b'\n"1"x,2', "this is not CSV"),
        (f"{HEAD}\n{OUT}\n".encode(), "no row of the export is a Ticket of a user"),
    ],
)
def test_a_file_of_another_shape_says_what_to_do(root, data, what):
    file = root.parent / "tickets.csv"
    file.write_bytes(data)
    done = imported(root, file, "generic-tickets")
    assert done.code == 1
    assert what in done.err


def test_an_export_of_part_of_the_term_is_refused_where_more_is_known(root):
    bring(root, ONE, TWO)
    before = state(root)
    done = bring(root, TWO)
    assert (done.code, "quarter 1 has 0 Tickets here, and 1 at" in done.err) == (1, True)
    assert state(root) == before


def test_figures_of_another_term_are_refused(root):
    (root / SERVICE).write_text("term: 2027-10-01\n")
    done = bring(root, ONE)
    assert (done.code, told(done)) == (1, [(1, "import-term")])


def test_an_unknown_mapping_names_the_known_ones(root):
    done = bring(root, ONE, mapping="generic-ticket")
    assert done.code == 1
    assert "did you mean generic-tickets?" in done.err


def test_a_mapping_can_be_a_file_of_the_repository_and_of_nowhere_else(root):
    assert bring(root, ONE, mapping="provider/mappings/generic-tickets.yaml").code == 0
    outside = bring(root, ONE, mapping="../generic-tickets.yaml")
    assert outside.code == 1
    assert "leaves the repository" in outside.err or "outside" in outside.err


def test_a_ticket_of_another_client_is_refused(root):
    path = root / "provider/mappings/generic-tickets.yaml"
    path.write_text(path.read_text().replace("  rating: Rating\n", "  rating: Rating\n  client: Company\n"))
    head, own = f"{HEAD},Company", f"{ONE},Acme"
    assert bring(root, own, head=head).code == 0
    done = bring(root, own, f"{TWO},Brookfield", head=head)
    assert told(done) == [(3, "import-stranger")]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"%Y-%m-%d %H:%M"', '"%C-%m-%d %H:%M"', "%C, which is not used here"),
        ('"%Y-%m-%d %H:%M"', '"%Y-%m-%d"', "does not hold a whole moment"),
        ('"%Y-%m-%d %H:%M"', '"%Y-%m-%d %I:%M"', "morning or afternoon"),
        ('"5": 5', '"5": 6', "is not from 1 to 5"),
        ("  rating: Rating", "  rating: Rating\n  response: Met", "needs the words for met and for missed"),
        ("name: Ticket system", "name: Ticket system\ntimezone: Mars/Base", "Mars/Base is not a time zone"),
    ],
)
def test_a_mapping_that_leaves_something_open_is_refused(root, old, new, what):
    path = root / "provider/mappings/generic-tickets.yaml"
    path.write_text(path.read_text().replace(old, new))
    done = bring(root, ONE)
    assert done.code == 1
    assert what in done.err


@pytest.mark.parametrize("path", sorted((REPOSITORY / "provider/mappings").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_mappings_are_sound(path):
    node = strict_yaml.load(path.read_text("utf-8"), path.name)
    kinds = {
        "clients": (ClientMapping, client_mapping),
        "counts": (CountMapping, count_mapping),
        "time-entries": (TimeMapping, time_mapping),
    }
    model, rules = kinds.get(strict_yaml.plain(node).get("kind"), (TicketMapping, ticket_mapping))
    assert not list(rules.problems(located(model, node)))


def test_the_sample_s_figures_are_those_of_its_export(tmp_path):
    root = shutil.copytree(
        REPOSITORY,
        tmp_path / "root",
        ignore=shutil.ignore_patterns(".git", ".venv", ".*cache*", "tests", "fonts", "*.pdf"),
    )
    file = REPOSITORY / "tests/exports/acme-2027-04-30.csv"
    done = imported(root, file, "generic-tickets", "--on", "2027-04-30")
    assert done.out.endswith(f"{AGREEMENT}: nothing to do\n"), done.err
    assert "Service Credit for March 2027: 145.40 USD\n  P3, 36 of 41 answered in time (87.80 %): 5 % of" in done.out


def test_a_mapping_of_time_entries_is_refused_for_tickets(root):
    shutil.copy(REPOSITORY / "provider/mappings/toggl.yaml", root / "provider/mappings")
    done = bring(root, ONE, mapping="toggl")
    assert done.code == 1
    assert "use it with 'build.py block import'" in done.err
