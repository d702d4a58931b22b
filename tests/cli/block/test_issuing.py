"""What the commands share that issue a document of a block, by the example of an order."""

import json
from datetime import date

import pytest

from contract_assembly.cli.block import entering, issuing
from tests.helpers.corpus import REPOSITORY, run

ORDER = ("block", "order", "hudson", "--hours", "40", "--first-day", "2026-12-07", "--on", "2026-11-24", "--dry-run")
FILES = ["documents/order-block-2.yaml", "order-block-2.md", "record.json"]


@pytest.fixture(autouse=True)
def review_text_alone(monkeypatch):
    monkeypatch.setattr(issuing, "FORMATS", ("md",))


def test_the_folder_and_its_files_are_named():
    said = run(REPOSITORY, *ORDER)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"agreements/hudson/2026-block: would write {', '.join(FILES)}\n"


def test_json_has_the_folder_and_its_files():
    found = json.loads(run(REPOSITORY, *ORDER, "--json").out)
    assert (found["agreement"], found["dry_run"]) == ("agreements/hudson/2026-block", True)
    assert found["wrote"] == [f"agreements/hudson/2026-block/{each}" for each in FILES]


def test_without_a_day_the_document_bears_that_of_today_where_the_desk_is(monkeypatch):
    monkeypatch.setattr(entering, "today", lambda zone: date(2026, 11, 25) if str(zone) == "America/New_York" else None)
    line = [each for each in ORDER if each not in {"--on", "2026-11-24"}]
    propose = (
        "block",
        "propose",
        "hudson",
        "--plan",
        "business",
        "--first-day",
        "2027-01-01",
        "--valid-until",
        "2026-12-18",
    )
    assert run(REPOSITORY, *line).code == 0
    assert "documents/proposal-2026-11-25.yaml" in run(REPOSITORY, *propose, "--dry-run").out


def test_a_refusal_names_the_place_in_the_document_that_would_be_written():
    said = run(REPOSITORY, *ORDER, "--rate", "87.00 EUR")
    assert (said.code, said.out) == (1, "")
    assert (
        "documents/order-block-2.yaml:8: error: the rate is in EUR, the agreement in USD [mixed-currencies]" in said.err
    )
