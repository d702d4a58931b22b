"""`build.py change --from`: an export of counts, the list that a person ticks, and what is entered from it."""

import csv
import json
import shutil

import pytest

from tests.helpers.corpus import AGREEMENT, REPOSITORY, run
from tests.helpers.firms import change, changeable

MAPPING = """kind: counts
name: Device list
columns: {client: Site, what: Type, id: Id}
words: {Server: server, Laptop: workstation, Person: users, Switch: none}
clients: {acme: [Acme HQ, Acme Plant]}
"""
ASKED = ("--asked", "2026-12-14")
COMPARE = ("change", "--from", "counts.csv", "--mapping", "devices", *ASKED)
BIRCH = "agreements/birch/2026-support"


def export(**sites):
    """An export with so many rows of each type, by site: acme_hq=(servers, laptops, people)."""
    rows = ["Site,Type,Id,Note"]
    for site, counts in sites.items():
        for word, count in zip(("Server", "Laptop", "Person"), counts, strict=True):
            rows += [f"{site.replace('_', ' ')},{word},{len(rows)}-{n},=1" for n in range(count)]
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def signed_once(tmp_path_factory):
    root = changeable(tmp_path_factory.mktemp("counts") / "root", "birch")
    (root / "provider/mappings").mkdir()
    (root / "provider/mappings/devices.yaml").write_text(MAPPING)
    return root


@pytest.fixture
def root(signed_once, tmp_path, monkeypatch):
    root = shutil.copytree(signed_once, tmp_path / "root")
    monkeypatch.chdir(root)
    (root / "counts.csv").write_text(export(Acme_HQ=(3, 0, 30), Acme_Plant=(1, 0, 6), Birch=(3, 2, 20)))
    return root


def listed(root, *takes):
    """The list of differences, with what a person writes into `take`, line by line."""
    assert run(root, *COMPARE, "--output", "list.csv").code == 0
    text = (root / "list.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    for row, take in zip(rows[1:], takes, strict=False):
        row[0] = take
    with (root / "list.csv").open("w", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(rows)  # as a spreadsheet in Europe saves it
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_every_difference_is_shown_with_its_money_and_nothing_is_entered(root):
    before = {path: path.read_bytes() for path in (root / "agreements").rglob("*") if path.is_file()}
    said = run(root, *COMPARE)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "counts.csv: 65 rows = 65 counted",
        f"{AGREEMENT} from Friday 2027-01-01",
        "  server            3 agreed, 4 counted: +110.00 USD a month",
        "  users             34 agreed, 36 counted: +124.00 USD a month",
        "  monthly fee       2,438.00 USD to 2,672.00 USD (+234.00)",
        f"{BIRCH} from Friday 2027-01-01",
        "  workstation       0 agreed, 2 counted: the fee stays as it is",
        "  users             34 agreed, 20 counted",
        "                    not by a correction: the fee would be 1570.00 USD a month, below 1950.40, 80 % of the first day's",
        "                    clause changes: by a correction, not below 27; fewer need an amendment (build.py amend)",
        "Nothing was entered: write the differences with --output proposal.csv, and tick what to enter",
    ]
    assert before == {path: path.read_bytes() for path in (root / "agreements").rglob("*") if path.is_file()}


def test_what_is_ticked_is_entered_with_a_letter_and_again_changes_nothing(root):
    found = listed(root, "", "yes", "x")
    assert [(each["client"], each["what"], each["difference"], each["monthly_difference"]) for each in found] == [
        ("acme", "server", "1", "110.00"),
        ("acme", "users", "2", "124.00"),
        ("birch", "workstation", "2", "0.00"),
        ("birch", "users", "-14", ""),
    ]
    said = run(root, "change", "--from", "list.csv", *ASKED)
    assert (said.code, said.err) == (0, "")
    text = (root / AGREEMENT / "changes.yaml").read_text()
    assert (
        "{on: 2027-01-01, what: users, from: 34, to: 36, asked: 2026-12-14, asked_by: lena, how: count, because: Device list}"
        in text
    )
    assert "what: server" not in text
    letter = (root / AGREEMENT / "change-2027-01-01.md").read_text()
    assert "This time they differ." in letter
    assert "Thank you for your request" not in letter
    assert "what: workstation" in (root / BIRCH / "changes.yaml").read_text()
    later = run(root, "change", "--from", "list.csv", "--asked", "2027-03-01")
    assert (later.code, later.err) == (0, "")
    assert later.out.splitlines() == [f"{AGREEMENT}: nothing to do", f"{BIRCH}: nothing to do"]
    again = run(root, *COMPARE).out
    assert "users             34 agreed, 36 counted" not in again


def test_a_contract_of_which_one_line_is_refused_is_left_as_it_is_and_the_others_are_entered(root):
    listed(root, "yes", "yes", "yes", "yes")
    said = run(root, "change", "--from", "list.csv", *ASKED)
    assert said.code == 1
    assert "list.csv:4: error: the fee would be 1570.00 USD a month" in said.err
    assert not (root / BIRCH / "changes.yaml").exists()
    assert "to: 4" in (root / AGREEMENT / "changes.yaml").read_text()


def test_a_list_that_has_become_old_is_refused_so_that_nothing_is_billed_backwards(root):
    listed(root, "yes")
    said = run(root, "change", "--from", "list.csv", "--asked", "2027-01-02")
    assert said.code == 1
    assert "list.csv:2: error: this list corrects the fee from 2027-01-01" in said.err
    assert "[change-too-early]" in said.err


def test_a_count_that_changed_since_the_list_was_made_is_not_overwritten(root):
    listed(root, "yes")
    more = ("change", "acme", "server=5", "--on", "2026-12-20", "--asked-by", "lena", *ASKED)
    assert run(root, *more).code == 0
    said = run(root, "change", "--from", "list.csv", *ASKED)
    assert said.code == 1
    assert "list.csv:2: error: server is now 5 on 2027-01-01, and no longer 3 [change-from]" in said.err


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(root):
    said = run(root, *COMPARE, "--take", "acme/users", "--dry-run")
    assert said.code == 0
    assert "would write" in said.out
    assert not (root / AGREEMENT / "changes.yaml").exists()
    assert "would write list.csv" in run(root, *COMPARE, "--output", "list.csv", "--dry-run").out
    assert not (root / "list.csv").exists()


def test_a_difference_named_on_the_command_line_is_entered_at_once(root):
    said = run(root, *COMPARE, "--take", "acme/users", "--json")
    assert said.code == 0
    found = json.loads(said.out)
    assert found["ticked"] == 1
    assert f"{AGREEMENT}/changes.yaml" in found["wrote"]
    assert found["contracts"][0]["differences"][1]["monthly_difference"] == "124.00"


def test_one_client_of_an_export_can_be_asked_for(root):
    said = run(root, "change", "birch/2026-support", *COMPARE[1:], "--on", "2027-02-01")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("counts.csv: 65 rows = 25 counted + 40 of other clients")
    assert f"{BIRCH} from Monday 2027-02-01" in said.out


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Birch,Server", "Brich,Server", "did you mean Birch?"),
        ("Birch,Laptop", "Birch,Latpop", "did you mean Laptop?"),
        ("\nAcme HQ,Person,4-0", "\nAcme HQ,Person,1-0", "counts.csv:5: error: Id '1-0' is in line 2 already"),
        ("\nAcme HQ,Person,4-0", "\n,Person,4-0", "counts.csv:5: error: this row does not say which client it is of"),
    ],
)
def test_what_cannot_be_counted_is_refused_at_its_line_with_a_suggestion(root, old, new, says):
    change(root / "counts.csv", (old, new))
    said = run(root, *COMPARE)
    assert said.code == 1
    assert says in said.err
    assert "counts.csv:" in said.err
    assert said.out == ""


def test_contracts_of_which_the_export_has_no_row_are_named(root):
    (root / "counts.csv").write_text(export(Acme_HQ=(3, 0, 34)))
    said = run(root, *COMPARE)
    assert f"{AGREEMENT}: as agreed on 2027-01-01" in said.out
    assert "Not in the export: birch/2026-support" in said.out


def test_a_difference_that_is_not_there_is_wrong_use(root):
    said = run(root, *COMPARE, "--take", "acme/user")
    assert said.code == 2
    assert "did you mean acme/users?" in said.err


def test_the_sample_of_a_device_list_counts_the_devices_of_a_client(root):
    shutil.copy(REPOSITORY / "provider/mappings/rmm-devices.yaml", root / "provider/mappings")
    rows = ["Device UID,Site Name,Device Hostname,Device Type,Status"]
    rows += [f"u{n},ACME,h{n},Server,Online" for n in range(3)]
    rows += ["u7,Acme,h7,ESXi Host,Decommissioned", "u8,Acme,h8,Laptop,Offline", "u9,Acme,h9,Unknown,Online"]
    (root / "devices.csv").write_text("\n".join(rows))
    said = run(root, "change", "--from", "devices.csv", "--mapping", "rmm-devices", *ASKED)
    assert said.out.splitlines()[:3] == [
        "devices.csv: 6 rows = 4 counted + 1 left out + 1 not counted",
        f"{AGREEMENT} from Friday 2027-01-01",
        "  workstation       0 agreed, 1 counted: the fee stays as it is",
    ]


def test_the_sample_of_a_licence_report_counts_licences(root):
    shutil.copy(REPOSITORY / "provider/mappings/microsoft-365-licences.yaml", root / "provider/mappings")
    rows = ["CustomerName,ProductName,Id,Status,LicenseCount"]
    rows += ["Acme,Microsoft 365 Business Premium,s1,ACTIVE,30", "Acme,Microsoft 365 Business Basic,s2,ACTIVE,5"]
    rows += ["Acme,Microsoft 365 Business Basic,s3,SUSPENDED,9", "Acme,Power BI (free),s4,ACTIVE,100"]
    (root / "licences.csv").write_text("\n".join(rows))
    said = run(root, "change", "--from", "licences.csv", "--mapping", "microsoft-365-licences", *ASKED)
    assert "licences.csv: 4 rows = 2 counted + 1 left out + 1 not counted" in said.out
    assert "users             34 agreed, 35 counted: +62.00 USD a month" in said.out
