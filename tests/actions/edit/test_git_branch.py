"""The branch of a change: its name, its one commit, and everything else left alone."""

import pytest

from contract_assembly.actions.edit.changed import Edit
from contract_assembly.actions.edit.git_branch import CommitRequest, branch_name, committed, message
from contract_assembly.core.problems import RefusedError
from tests.helpers.git_repositories import begun, git

USERS = Edit(("coverage", "users"), "34", "36")
FILES = {"agreements/acme/client.yaml": b"a: c\n"}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "agreements/acme").mkdir(parents=True)
    (tmp_path / "agreements/acme/client.yaml").write_text("a: b\n")
    (tmp_path / "other.txt").write_text("1\n")
    begun(tmp_path)
    git(tmp_path, "config", "user.name", "Jo Harbor")
    git(tmp_path, "config", "user.email", "jo@harbor.example")
    return tmp_path


def commit(root, branch="acme-a-c"):
    make = committed(root, FILES, CommitRequest(branch, "acme: a: b to c\n\na: b to c\n"))
    (root / "agreements/acme/client.yaml").write_bytes(FILES["agreements/acme/client.yaml"])
    return make()


@pytest.mark.parametrize(
    ("edits", "name"),
    [
        ([USERS], "acme-2026-support-users-36"),
        ([USERS, USERS, USERS], "acme-2026-support-users-36-and-2-more"),
        ([Edit(("fees", "setup"), "1", None)], "acme-2026-support-setup-removed"),
        ([Edit(("people", 3), None, {"name": "x"})], "acme-2026-support-people-added"),
        (
            [Edit(("title",), "a", "../../etc; $(rm) ~^:?*[ é" + "x" * 90)],
            "acme-2026-support-title-etc-rm-e" + "x" * 28,
        ),
    ],
)
def test_a_branch_is_named_for_the_change(edits, name):
    assert branch_name("acme", "2026-support", edits) == name


def test_the_message_says_what_changed():
    assert message("acme/2026-support", [("Users", "34", "36")]) == (
        "acme/2026-support: Users: 34 to 36\n\nUsers: 34 to 36\n"
    )
    long = message("acme", [("Name", "x" * 60, "y" * 60)])
    assert len(long.split("\n")[0]) == 72


def test_the_commit_holds_the_file_alone_and_the_branch_that_is_checked_out_stays(root):
    (root / "other.txt").write_text("2\n")  # the work of somebody else
    (root / "new.txt").write_text("3\n")
    head = git(root, "rev-parse", "HEAD")
    assert commit(root) == "acme-a-c"
    assert git(root, "rev-parse", "HEAD") == head
    assert git(root, "symbolic-ref", "HEAD") == "refs/heads/main"
    assert git(root, "diff", "--name-only", "HEAD", "acme-a-c") == "agreements/acme/client.yaml"
    assert git(root, "show", "acme-a-c:agreements/acme/client.yaml") == "a: c"
    assert (
        git(root, "log", "-1", "--format=%an <%ae> %s", "acme-a-c") == "Jo Harbor <jo@harbor.example> acme: a: b to c"
    )
    assert git(root, "status", "--short").splitlines() == [
        "M  agreements/acme/client.yaml",
        " M other.txt",
        "?? new.txt",
    ]


def test_the_branch_can_be_merged_afterwards_without_moving_the_file_away(root):
    commit(root)
    git(root, "merge", "--ff-only", "acme-a-c")
    assert git(root, "status", "--short") == ""


def test_what_a_person_has_staged_stays_staged(root):
    path = root / "agreements/acme/client.yaml"
    path.write_text("a: staged\n")
    git(root, "add", "-A")
    path.write_text("a: b\n")
    commit(root)
    assert git(root, "show", ":agreements/acme/client.yaml") == "a: staged"


def test_what_is_not_committed_in_a_file_never_goes_along(root):
    path = root / "agreements/acme/client.yaml"
    path.write_text("a: b\nfee: 5\n")
    with pytest.raises(RefusedError) as error:
        commit(root)
    (problem,) = error.value.problems
    assert (problem.rule, problem.origin.path) == ("not-committed", "agreements/acme/client.yaml")
    git(root, "commit", "-qam", "Fee")
    commit(root)
    path.write_bytes(b"a: b\r\nfee: 5\r\n")  # the same lines, as an editor on Windows writes them
    assert commit(root) == "acme-a-c-2"


def test_a_branch_that_exists_is_never_moved(root):
    git(root, "branch", "acme-a-c")
    assert commit(root) == "acme-a-c-2"
    assert git(root, "rev-parse", "acme-a-c") == git(root, "rev-parse", "HEAD")


def test_without_an_author_or_a_first_commit_nothing_is_begun(root, tmp_path_factory, monkeypatch):
    empty = tmp_path_factory.mktemp("empty")
    git(empty, "init", "-q")
    with pytest.raises(RefusedError) as error:
        committed(empty, FILES, CommitRequest("x", "X\n"))
    assert error.value.problems[0].rule == "unknown-revision"
    git(root, "config", "--unset", "user.email")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    with pytest.raises(RefusedError) as error:
        committed(root, FILES, CommitRequest("x", "X\n"))
    assert error.value.problems[0].rule == "no-author"


def test_a_root_deep_inside_a_repository_is_committed_at_its_place(root):
    make = committed(root / "agreements", {"acme/client.yaml": b"a: d\n"}, CommitRequest("deep", "Deep\n"))
    make()
    assert git(root, "show", "deep:agreements/acme/client.yaml") == "a: d"
