"""Where agreements depart from the preferred clauses: what is found, how it is told, and who stands for it."""

import csv
import io
import json
import shutil

import pytest

from contract_assembly.build.deviations import as_csv, deviations, problems, word_diff
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, approved, based, change, run

OWN = f"{AGREEMENT}/clauses/renewal.md"
SOFT = "rung: acceptable\nyield: {when: The client asks., to: [owner]}"


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


@pytest.fixture
def negotiated(root):
    (root / AGREEMENT / "clauses").mkdir()
    text = (root / "clauses/renewal.md").read_text()
    (root / OWN).write_text(text.rstrip() + " The parties speak of it first.\n")
    return root


def found(root):
    return deviations(Repository(root), "acme", "2026-support")


def test_an_agreement_of_preferred_clauses_departs_from_nothing(root):
    assert found(root) == ()
    assert run(root, "deviations").out == "nothing differs from what is preferred\n"


def test_a_negotiated_clause_is_shown_with_the_words_that_differ(negotiated):
    (one,) = found(negotiated)
    assert (one.clause, one.slot, one.rung, one.kind) == ("renewal", "renewal", "preferred", "negotiated clause")
    assert (one.approval, one.by, one.size) == ("never approved", "", 6)
    assert one.change.endswith("{+The parties speak of it first.+}")
    assert [each.rule for each in problems([one])] == ["deviation"]


def test_a_negotiated_clause_of_a_lower_rung_needs_no_choosing(negotiated):
    path = negotiated / OWN
    path.write_text(path.read_text().replace("rung: preferred", "rung: last-resort"))
    (one,) = found(negotiated)
    assert (one.rung, one.kind) == ("last-resort", "negotiated clause")


def test_an_approval_says_who_until_when_and_in_place_of_what(negotiated):
    approved("--on", "2026-09-01")(negotiated)
    assert run(negotiated, "approve", OWN, "--by", "B Lawyer", "--on", "2026-09-01").code == 0
    (one,) = found(negotiated)
    assert (one.approval, one.by, str(one.until), one.stale) == ("approved", "B Lawyer", "2027-08-31", False)
    (told,) = problems([one])
    assert (told.rule, told.level) == ("deviation", "info")
    assert "approved by B Lawyer until 2027-08-31" in told.what


def test_a_preferred_clause_that_changes_after_the_approval_is_told(negotiated):
    assert run(negotiated, "approve", OWN, "--by", "B Lawyer", "--on", "2026-09-01").code == 0
    path = negotiated / "clauses/renewal.md"
    path.write_text(path.read_text().rstrip() + " More.\n")
    (one,) = found(negotiated)
    assert one.stale
    assert [each.rule for each in problems([one])] == ["deviation", "stale-deviation"]
    assert "the preferred clause has changed since" in run(negotiated, "deviations").out


def test_a_variant_of_a_lower_rung_departs(root):
    text = (root / "clauses/renewal.md").read_text()
    soft = text.replace("id: renewal", "id: renewal-soft").replace("rung: preferred", SOFT)
    (root / "clauses/renewal-soft.md").write_text(soft.rstrip() + " Gladly.\n")
    change(root, f"{AGREEMENT}/agreement.yaml\n+choose: {{renewal: renewal-soft}}\n")
    (one,) = found(root)
    assert (one.clause, one.rung, one.kind, one.size) == ("renewal-soft", "acceptable", "lower rung", 1)
    assert one.path == f"{AGREEMENT}/agreement.yaml"


@pytest.mark.parametrize(
    ("value", "departs"), [("10 days", False), ("30 days", False), ("31 days", True), ("9 days", True)]
)
def test_a_parameter_departs_beyond_its_approved_bounds_alone(root, value, departs):
    path = root / "clauses/notes.md"
    text = path.read_text().replace(
        "rung: preferred",
        "params: {wait: {type: duration, default: 10 days, approved: [10 days, 30 days]}}\nrung: preferred",
    )
    path.write_text(text)
    change(root, f"{AGREEMENT}/agreement.yaml\n+parameters: {{notes: {{wait: {value}}}}}\n")
    assert [each.kind for each in found(root)] == (["parameter"] if departs else [])
    if departs:
        assert found(root)[0].change == f"wait: {value}, approved: 10 days to 30 days"


def test_all_clients_are_listed_and_one_that_is_broken_stops_none(negotiated):
    shutil.copytree(negotiated / "agreements/acme", negotiated / "agreements/broken")
    (negotiated / "agreements/broken/client.yaml").write_text("party: no\n")
    said = run(negotiated, "deviations", "--json")
    assert said.code == 1
    data = json.loads(said.out)
    assert [each["client"] for each in data["deviations"]] == ["acme"]
    assert data["problems"]


def test_no_cell_of_the_csv_is_a_formula(negotiated):
    (negotiated / OWN).write_text((negotiated / OWN).read_text())
    assert run(negotiated, "approve", OWN, "--by", "=HYPERLINK(1)", "--on", "2026-09-01").code == 0
    rows = list(csv.DictReader(io.StringIO(run(negotiated, "deviations", "--csv").out)))
    assert rows[0]["by"] == "'=HYPERLINK(1)"
    assert not any(value[:1] in set("=+-@\t\r") for row in rows for value in row.values())
    assert as_csv(()).count("\n") == 1


def test_the_words_that_differ_stand_among_a_few_that_do_not():
    old = "one two three four five six seven eight nine ten eleven twelve"
    assert word_diff(old, old.replace("six", "6")) == ("… two three four five [-six-] {+6+} seven eight nine ten …", 2)
