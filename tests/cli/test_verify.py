"""`build.py verify`."""

import json

from tests.helpers.corpus import REPOSITORY, run

PDF = next(REPOSITORY.glob("agreements/acme/*/contract.pdf"))


def test_a_file_of_ours_is_known(tmp_path):
    said = run(REPOSITORY, "verify", str(PDF))
    assert said.code == 0
    assert "acme" in said.out
    assert json.loads(run(REPOSITORY, "verify", str(PDF), "--json").out)["problems"] == []


def test_a_file_that_is_not_a_document_is_refused(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"text")
    said = run(REPOSITORY, "verify", str(tmp_path / "a.pdf"))
    assert said.code == 1
    assert "neither a PDF nor a Word file" in said.err
