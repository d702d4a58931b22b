"""Cells of an export of Tickets as values."""

import shutil

import pytest

from contract_assembly.facts import strict_yaml
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, run

SERVICE = f"{AGREEMENT}/service.yaml"
HEAD = "Ticket,Priority,Status,Opened,First response,Resolved,Closed,Waiting (minutes),Rating,Close reason"


@pytest.fixture
def root(tmp_path):
    root = based(tmp_path / "root")
    (root / "provider/mappings").mkdir()
    shutil.copy(REPOSITORY / "provider/mappings/generic-tickets.yaml", root / "provider/mappings")
    return root


def bring(root, *rows, more=(), head=HEAD, mapping="generic-tickets", ends="\n"):
    text = ends.join((head, *rows, ""))
    file = root.parent / "tickets.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return imported(root, file, mapping, *more)


def imported(root, file, mapping, *more):
    return run(root, "service", "import", "acme/2026-support", str(file), "--mapping", mapping, *more)


def written(root):
    return strict_yaml.plain(strict_yaml.load((root / SERVICE).read_text(), SERVICE))


@pytest.mark.parametrize(
    ("form", "created", "closed"),
    [
        ("epoch", "1794492300", "1794510300"),
        ('"%d/%b/%y %I:%M %p"', "12/Nov/26 9:05 AM", "12/Nov/26 2:05 PM"),
        ("iso", "2026-11-12T14:05:00.1234567+00:00", "2026-11-12T19:05:00.2000000Z"),
    ],
)
@pytest.mark.parametrize("priority", ["High", "- None -"])
def test_cells_are_read_in_the_forms_and_words_of_the_mapping(root, form, created, closed, priority):
    (root / "provider/mappings/x.yaml").write_text(
        f"name: X\nmoments: [{form}]\n"
        "columns: {id: ID, priority: Priority, status: Status, created: Created, closed: Closed}\n"
        'priorities: {High: P2, "- None -": P2}\nstatuses: {Closed: closed}\n'
    )
    row = f"=A-1,{priority},Closed,{created},{closed}"
    done = bring(root, row, head="ID,Priority,Status,Created,Closed", mapping="x")
    assert done.code == 0, done.err
    medians = {(row["target"], row["priority"]): row["minutes"] for row in written(root)["medians"]}
    assert medians["resolution", "P2"] == "300"
