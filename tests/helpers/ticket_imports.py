"""A small firm and exports of a ticket system, for tests of imports."""

import shutil

import pytest

from contract_assembly.facts import strict_yaml
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, run

SERVICE = f"{AGREEMENT}/service.yaml"


HEAD = "Ticket,Priority,Status,Opened,First response,Resolved,Closed,Waiting (minutes),Rating,Close reason"


ONE = "1,3 - Normal,Closed,2026-10-05 09:00,2026-10-05 10:00,2026-10-06 09:00,2026-10-06 12:00,,5,Solved"


TWO = "2,1 - Critical,Closed,2027-01-11 09:00,2027-01-11 11:30,2027-01-11 12:00,2027-01-11 12:00,,,Solved"


OPEN = "3,2 - High,In progress,2027-01-12 09:00,,,,,,"


OUT = "4,4 - Low,Closed,2026-11-02 09:00,,,2026-11-02 09:00,,,Duplicate"


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
