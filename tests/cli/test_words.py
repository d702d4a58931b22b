"""`build.py words`."""

import json

import pytest

from tests.helpers.corpus import REPOSITORY, run

PDF = next(REPOSITORY.glob("agreements/acme/*/contract.pdf"))


def test_the_words_of_a_built_file_are_printed_line_by_line():
    said = run(REPOSITORY, "words", str(PDF))
    assert (said.code, said.err) == (0, "")
    assert "Acme Instruments" in said.out
    assert json.loads(run(REPOSITORY, "words", str(PDF), "--json").out)["words"] == said.out.splitlines()


@pytest.mark.parametrize("data", [b"", b"text", b"%PDF-1.7"])
def test_for_git_a_file_without_words_is_one_line_that_says_so(tmp_path, data):
    (tmp_path / "a.pdf").write_bytes(data)
    said = run(REPOSITORY, "words", str(tmp_path / "a.pdf"))
    assert (said.code, said.out.count("\n")) == (0, 1)
    assert said.out.startswith("[no words of a.pdf: ")
