"""`build.py block propose`: how it is called. Its document is tested with the letters."""

import pytest

from contract_assembly.cli.block import issuing
from tests.helpers.corpus import REPOSITORY, run

DAYS = ("--first-day", "2027-01-01", "--valid-until", "2026-12-18", "--on", "2026-11-24", "--dry-run")


@pytest.fixture(autouse=True)
def review_text_alone(monkeypatch):
    monkeypatch.setattr(issuing, "FORMATS", ("md",))


def test_the_document_is_named_after_its_day():
    said = run(REPOSITORY, "block", "propose", "hudson", "--plan", "business", "--plan", "essential", *DAYS)
    assert (said.code, said.err) == (0, "")
    assert "documents/proposal-2026-11-24.yaml, proposal-2026-11-24.md, record.json" in said.out


@pytest.mark.parametrize("missing", ["--plan", "--first-day", "--valid-until"])
def test_plan_and_days_must_be_given(missing):
    line = ("--plan", "business", *DAYS)
    at = line.index(missing)
    said = run(REPOSITORY, "block", "propose", "hudson", *line[:at], *line[at + 2 :])
    assert (said.code, f"Missing option '{missing}'" in said.err) == (2, True)


def test_an_unknown_plan_names_the_one_that_was_meant():
    said = run(REPOSITORY, "block", "propose", "hudson", "--plan", "busines", *DAYS)
    assert (said.code, said.err) == (
        1,
        "error: unknown plan: busines [unknown-plan]\n    hint: did you mean business?\n",
    )
