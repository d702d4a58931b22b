import pytest

from contract_assembly.actions import program_set as own
from contract_assembly.repository.git import begun
from contract_assembly.repository.program_library import PIN, pin
from tests.helpers.corpus import run
from tests.helpers.git_repositories import git


def pinned(text):
    files = {"clauses/term.md": text}
    return files | {PIN: pin(files).encode()}


@pytest.fixture
def firm(tmp_path, monkeypatch):
    monkeypatch.setattr(own, "program_set", lambda: pinned(b"Later.\n"))
    made = begun(tmp_path)
    first = own.first_commit(made, pinned(b"Earlier.\n"), "Jo <jo@harbor.example>")
    made.add_commit("main", pinned(b"Earlier.\n"), "Begin\n", "Jo <jo@harbor.example>", first)
    git(tmp_path, "reset", "-q", "--hard", "main")
    return tmp_path


def test_it_shows_what_is_newer_and_says_how_to_merge_it(firm):
    assert "changed in the program: 1\n  clauses/term.md\n" in run(firm, "library").out
    dry, real = run(firm, "library", "--update", "--dry-run"), run(firm, "library", "--update")
    assert real.out == dry.out.replace("would commit", "committed")
    assert "git merge contract-library" in real.out
    assert git(firm, "show", "contract-library:clauses/term.md") == "Later."
    assert "nothing to do: the branch contract-library has this version" in run(firm, "library", "--update").out


def test_a_dry_run_without_an_update_is_wrong_use(firm):
    assert run(firm, "library", "--dry-run").code == 2
