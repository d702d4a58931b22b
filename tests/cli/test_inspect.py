"""`build.py inspect`."""

import json

from tests.helpers.corpus import REPOSITORY, run

PDF = next(REPOSITORY.glob("agreements/acme/*/contract.pdf"))


def test_what_a_document_carries_is_listed():
    said = run(REPOSITORY, "inspect", str(PDF))
    assert (said.code, said.err) == (0, "")
    assert "record.json" in said.out
    assert json.loads(run(REPOSITORY, "inspect", str(PDF), "--json").out)["problems"] == []


def test_a_file_that_is_not_a_document_is_refused(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert run(REPOSITORY, "inspect", str(tmp_path / "a.docx")).code == 1
