"""`build.py index`."""

from tests.helpers.corpus import REPOSITORY, run


def test_without_a_command_its_help_is_shown_and_nothing_else():
    said = run(REPOSITORY, "index")
    assert said.code == 2
    assert (said.out + said.err).startswith("Usage: build.py index")
    assert "Error" not in said.out + said.err


def test_an_index_that_the_firm_does_not_have_is_refused_with_those_it_has(tmp_path):
    (tmp_path / "cpi.csv").write_text("DATE,CPIAUCSL\n2026-01-01,300.0\n")
    said = run(REPOSITORY, "index", "import", str(tmp_path / "cpi.csv"), "--series", "us-cpo", "--dry-run")
    assert said.code == 1
    assert "us-cp" in said.err
