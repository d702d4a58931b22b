import pytest

from contract_assembly.actions import program_set as own
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.git import begun, opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import PIN, pin
from tests.helpers.git_repositories import committed, git

OLD = {"clauses/term.md": b"One.\n\nTwo.\n\nThree.\n", "clauses/gone.md": b"Gone.\n", "templates/t.yaml": b"a: b\n"}
NEW = {
    "clauses/term.md": b"One.\n\nTwo.\n\nThree, in other words.\n",
    "clauses/new.md": b"New.\n",
    "templates/t.yaml": b"a: b\n",
}
WHO = "Jo Harbor <jo@harbor.example>"


def pinned(files):
    return files | {PIN: pin(files).encode()}


@pytest.fixture
def firm(tmp_path, monkeypatch):
    """A repository begun with the old library, with a clause that the firm has changed since."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setattr(own, "program_set", lambda: pinned(NEW))
    made = begun(tmp_path)
    first = own.first_commit(made, pinned(OLD), WHO)
    made.add_commit("main", {**pinned(OLD), "README.md": b"Ours\n"}, "Begin\n", WHO, first)
    git(tmp_path, "reset", "-q", "--hard", "main")
    (tmp_path / "clauses/term.md").write_text("One, as we say it.\n\nTwo.\n\nThree.\n")
    committed(tmp_path, "Our own word")
    return tmp_path


def parts(root):
    return Repository(root), opened(root)


def test_the_first_commits_are_by_the_firm_where_git_knows_no_one(firm):
    assert git(firm, "log", "--format=%cn", "contract-library") == "Jo Harbor"


def test_it_lists_what_the_firm_changed_and_what_the_program_changed(firm):
    found = own.compared(*parts(firm))
    assert found.own == ("clauses/term.md",)
    assert found.newer == ("clauses/gone.md", "clauses/new.md", "clauses/term.md")


def test_an_update_leaves_the_firms_files_alone_and_a_merge_brings_both_changes(firm):
    before = git(firm, "status", "--short"), git(firm, "rev-parse", "HEAD")
    assert own.update(*parts(firm))
    assert (git(firm, "status", "--short"), git(firm, "rev-parse", "HEAD")) == before
    git(firm, "merge", "--quiet", "--no-edit", "contract-library")
    assert (firm / "clauses/term.md").read_text() == "One, as we say it.\n\nTwo.\n\nThree, in other words.\n"
    assert (firm / "clauses/new.md").exists()
    assert not (firm / "clauses/gone.md").exists()
    assert own.update(*parts(firm)) is None
    assert own.compared(*parts(firm)).newer == ()


def test_a_dry_run_of_an_update_commits_nothing(firm):
    tip = git(firm, "rev-parse", "contract-library")
    assert own.update(*parts(firm), dry_run=True)
    assert git(firm, "rev-parse", "contract-library") == tip


def test_without_the_branch_the_version_that_was_merged_is_found_in_the_history(firm):
    git(firm, "branch", "-D", "contract-library")
    assert own.update(*parts(firm))
    git(firm, "merge", "--quiet", "--no-edit", "contract-library")
    assert "as we say it" in (firm / "clauses/term.md").read_text()


def test_a_clone_follows_the_branch_at_the_host(firm, tmp_path_factory):
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "--quiet", str(firm), ".")
    assert own.update(*parts(clone))
    assert git(clone, "merge-base", "origin/contract-library", "contract-library") == git(
        firm, "rev-parse", "contract-library"
    )


def test_the_same_line_changed_by_both_is_a_conflict_for_a_person(firm):
    (firm / "clauses/term.md").write_text("One.\n\nTwo.\n\nThree, as we say it.\n")
    committed(firm, "Ours")
    own.update(*parts(firm))
    with pytest.raises(Exception, match="merge"):
        git(firm, "merge", "--quiet", "--no-edit", "contract-library")
    assert "<<<<<<<" in (firm / "clauses/term.md").read_text()


def test_a_repository_without_a_pin_is_refused_with_the_reason(firm):
    (firm / PIN).unlink()
    with pytest.raises(RefusedError, match="nothing says which version"):
        own.compared(*parts(firm))


def test_the_whole_set_has_schemas_and_their_digest_in_the_pin():
    files = own.program_set()
    assert files["docs/schema/client.json"].startswith(b"{")
    assert files[PIN] == pin(files).encode()
