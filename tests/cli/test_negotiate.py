"""The command that shows and carries out decisions."""

import json

from tests.helpers.corpus import REPOSITORY, run


def test_there_is_nothing_to_negotiate_before_something_came():
    said = run(REPOSITORY, "negotiate", "acme")
    assert said.code == 1
    assert "nothing was received for acme/2026-support [no-round]" in said.err
    assert "hint: build.py receive acme/2026-support FILE.docx" in said.err


def test_the_rounds_of_the_sample_are_settled_and_a_comment_is_listed_in_its_own_round_only():
    counts = []
    for number in ("1", "2", "3"):
        said = run(REPOSITORY, "negotiate", "lakeside", "--round", number, "--json")
        assert (said.code, said.err) == (0, "")
        found = json.loads(said.out)
        assert found["undecided"] == 0
        counts.append([each["kind"] for each in found["changes"]])
    assert counts == [["fact", "comment", "fact", "deleted", "inserted"], ["fact", "reworded"], ["fact", "comment"]]
