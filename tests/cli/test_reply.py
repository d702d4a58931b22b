"""The command that answers."""

from tests.helpers.corpus import REPOSITORY, run


def test_there_is_nothing_to_answer_before_something_came():
    said = run(REPOSITORY, "reply", "acme", "--dry-run")
    assert (said.code, said.out) == (1, "")
    assert "[no-round]" in said.err
