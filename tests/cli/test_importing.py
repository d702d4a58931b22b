"""`build.py import`."""

import json
import shutil

import pytest

from tests.helpers.client_tables import table
from tests.helpers.corpus import REPOSITORY, based, run


@pytest.fixture
def root(tmp_path):
    root = based(tmp_path / "root")
    for folder in ("clauses/law", "provider/mappings", "templates/start"):
        shutil.rmtree(root / folder, ignore_errors=True)
        shutil.copytree(REPOSITORY / folder, root / folder)
    (root / "clients.csv").write_text(table({}, {"company": "Oak", "short": "", "price": "-1"}))
    return root


def bring(root, *more):
    return run(root, "import", str(root / "clients.csv"), *more)


def test_a_dry_run_says_the_same_and_writes_nothing(root):
    dry = bring(root, "--dry-run")
    assert not (root / "agreements/elm-street").exists()
    assert not (root / "provider/plans/as-agreed.yaml").exists()
    real = bring(root)
    assert (real.code, real.out, real.err) == (dry.code, dry.out.replace("would write", "wrote"), dry.err)


def test_the_answer_as_json_has_the_clients_the_files_and_the_problems(root):
    found = json.loads(bring(root, "--json").out)
    assert (found["clients"], found["rows"], found["dry_run"]) == (["elm-street"], 2, False)
    assert found["wrote"][-1] == "agreements/elm-street/2026-support/record.json"
    assert [each["rule"] for each in found["problems"]] == ["import-cell"]


def test_a_mapping_of_another_kind_is_refused(root):
    said = bring(root, "--mapping", "zendesk")
    assert (said.code, "use it with 'build.py service import'" in said.err) == (1, True)


def test_a_signed_pdf_that_is_missing_is_refused_at_its_row(root):
    (root / "clients.csv").write_text(table({"file": "missing.pdf"}))
    said = bring(root)
    assert (said.code, "clients.csv:2: error: column Signed PDF:" in said.err) == (1, True)
