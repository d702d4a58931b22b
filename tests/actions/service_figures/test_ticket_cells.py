"""Cells of an export of Tickets as values."""

import pytest

from tests.helpers import ticket_imports
from tests.helpers.ticket_imports import bring, written

root = ticket_imports.root


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
