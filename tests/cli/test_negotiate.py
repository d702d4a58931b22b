"""The command that shows and carries out decisions."""

from tests.helpers.corpus import REPOSITORY, run


def test_there_is_nothing_to_negotiate_before_something_came():
    said = run(REPOSITORY, "negotiate", "acme")
    assert said.code == 1
    assert "nothing was received for acme/2026-support [no-round]" in said.err
    assert "hint: build.py receive acme/2026-support FILE.docx" in said.err
