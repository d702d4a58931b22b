"""A small repository that was built, and what `check` finds in it."""

import json

import pytest

from contract_assembly.build.pipeline import draft
from tests.helpers.corpus import AGREEMENT, approved, based, run, state
from tests.helpers.documents import clause_file, lay_out

LETTER = "document: cover-letter\nstatus: draft\ndate: 2026-09-02\nanswer_by: 2026-09-16\n"


CLAUSE = clause_file("We wait until {{ document.answer_by | date }}.")


def build(root, *more):
    return run(root, "--all", "--format", "md", "--format", "docx", *more)


@pytest.fixture
def root(tmp_path):
    root = based(tmp_path / "root")
    lay_out(root, "letter", LETTER, CLAUSE)
    assert build(root).code == 0
    return root


def found(root, *more):
    """(rule, file) of each problem; a check writes nothing, and ends with 1 when it tells one."""
    before = state(root)
    said = run(root, "check", "--json", *more)
    assert state(root) == before
    problems = json.loads(said.out)["problems"]
    assert said.code == (1 if problems else 0)
    assert all(each["hint"] for each in problems)
    return [(each["rule"], each["path"].removeprefix(f"{AGREEMENT}/")) for each in problems]


def assembled(monkeypatch):
    """The documents that are assembled from now on."""
    made = []
    real = draft

    def watched(repository, client, agreement, name="contract", **how):
        made.append(f"{client}/{agreement}/{name}")
        return real(repository, client, agreement, name, **how)

    monkeypatch.setattr("contract_assembly.build.pipeline.draft", watched)
    return made


def sent(root):
    approved("--on", "2026-09-01")(root)
    facts = root / AGREEMENT / "documents/letter.yaml"
    facts.write_text(facts.read_text().replace("status: draft", "status: sent"))
    assert build(root).code == 0
